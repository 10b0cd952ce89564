package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jobfold.folder.Functional;
import org.jobfold.folder.RefusedException;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees that know nothing of jobfold. */
class MatchTest {
  private final DiskTree tree;

  MatchTest(@TempDir Path root) {
    tree = DiskTree.in(root);
  }

  @Test
  void whatJobfoldWroteIsNoInputOfTheNextRun() {
    tree.file("a/in.heat", "")
        .file("a/in.melt", "")
        .file("a/in.heat.stdout", "")
        .file("a/in.heat.stderr.2", "");

    assertThat(tree.with(new Match("in.*", "cat {match}")).scan().tree().folders())
        .singleElement()
        .satisfies(
            folder ->
                assertThat(folder.functional().asSteps())
                    .extracting(Step::name)
                    .containsExactly("in.heat", "in.melt"));
  }

  @Test
  void oneFileIsAProgramSeveralAreStepsInOrderOfName() {
    DiskTree matched =
        tree.file("a/in.melt", "")
            .file("b/in.2", "")
            .file("b/in.10", "")
            .file("b/in 1", "")
            .file("c/other", "")
            .with(new Match("in*", "cat {match} {match}"));

    assertThat(matched.names()).containsExactly("/a", "/b");
    assertThat(matched.folder("/a").functional().text()).isEqualTo("cat in.melt in.melt");
    assertThat(matched.folder("/b").functional().text())
        .isEqualTo("in_1: cat 'in 1' 'in 1' ; in.10: cat in.10 in.10 ; in.2: cat in.2 in.2");
  }

  @Test
  void aFolderWithAFunctionalOfItsOwnKeepsIt() {
    DiskTree matched =
        tree.file("a/in", "")
            .script("a/run")
            .file("b/in", "")
            .file("b/job.yaml", "command: 'true'")
            .file("c/in", "")
            .file("c/job.yaml", "ranks: 3")
            .with(new Match("in", "cat {match}"));

    assertThat(matched.folder("/a").functional().text()).isEqualTo("./run");
    assertThat(matched.folder("/b").functional().text()).isEqualTo("true");
    assertThat(matched.folder("/c").functional().text()).isEqualTo("cat in");
    assertThat(matched.folder("/c").settings()).isEqualTo(Settings.DEFAULT.withRanks(3));
    assertThat(matched.notes()).isEmpty();
  }

  @Test
  void aGlobWithASlashIsForPathsFromTheRoot() {
    DiskTree matched =
        tree.file("si/a/in.x", "")
            .file("ge/a/in.x", "")
            .file("si/a/b/in.x", "")
            .with(new Match("si/*/in.*", "cat {match}"));

    assertThat(matched.names()).containsExactly("/si/a");
  }

  @Test
  void hiddenFilesAndDirectoriesDoNotMatchByChance() {
    DiskTree matched =
        tree.file("a/.in", "")
            .file("b/in/x", "")
            .file(".c/in", "")
            .with(new Match("*", "cat {match}"));

    assertThat(matched.names()).containsExactly("/b/in");
    assertThat(tree.with(new Match(".in", "cat {match}")).names()).containsExactly("/a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          in.melt     | in.melt
          two words   | 'two words'
          it's        | 'it'\\''s'
          $(reboot)   | '$(reboot)'
          -rf         | ./-rf
          \u00e4      | '\u00e4'
          """)
  void quotedForTheShell(String name, String quoted) {
    assertThat(Matching.quoted(name)).isEqualTo(quoted);
  }

  @Test
  void stepsOfFilesWithLikeNames() {
    DiskTree matched =
        tree.file("a b", "").file("a=b", "").file("-", "").with(new Match("*", "cat {match}"));

    Functional.Steps steps = (Functional.Steps) matched.folder("/").functional();

    assertThat(steps.steps().stream().map(Step::name)).containsExactly("_", "a_b", "a_b-2");
  }

  @Test
  void bad() {
    assertThatThrownBy(() -> tree.with(new Match("in.[", "x")).scan())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("--match: 'in.[' is not a glob: ");
    assertThatThrownBy(() -> tree.with(new Match("in", " ")).scan())
        .hasMessage("--match: the command is empty: write what to run on '{match}'");
    assertThatThrownBy(() -> tree.with(new Match("in/", "x")).scan())
        .hasMessage("--match: 'in/' names no file: write one such as 'in.*'");
    assertThat(
            tree.file("a/in", "")
                .file("b/in", "")
                .with(new Match("in", "nosuch {match}"))
                .problems())
        .isEqualTo(
            List.of(
                "--command: it needs the program 'nosuch', which is not in PATH: install it, load"
                    + " its module, or write its path (and 1 more folder)"));
  }
}
