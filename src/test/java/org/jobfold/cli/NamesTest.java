package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose names are awkward. */
@Timeout(240)
class NamesTest {
  private static final List<String> NAMES =
      List.of(
          "two words",
          "it's \"quoted\"",
          "$(touch no)`touch no`",
          "-rf",
          "new\nline",
          "tab\tbell\u0007",
          "\u001b[31mred",
          "grüße",
          "日本語",
          "turned\u202etxt",
          "a[1]*?",
          "back\\slash");

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory.resolve("a tree"));
    NAMES.forEach(
        name ->
            tree.folder(
                name,
                "command: printf %s \"$JOBFOLD_FOLDER\"; printf 'a\\033[31mb\\tc\\a' >&2; exit 3"));
  }

  @Test
  void runInTheirFoldersAndAreShownHarmlessly() {
    Cli.Ended ended = jobfold("run", tree.root(), "--json").with("LC_ALL", "C.UTF-8").run();
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    for (String name : NAMES) {
      assertThat(tree.text(name + "/stdout")).isEqualTo("/" + name);
    }
    assertThat(ended.json().get("errors").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(NAMES.stream().map(name -> "/" + name).toList());
    assertHarmless(ended.err());
    assertThat(ended.err())
        .contains(
            "/new\\nline: trial 1 failed: exit code 3\n",
            "/\\x1b[31mred: ",
            "/grüße: ",
            "/turned\\u202etxt: ",
            "  12 × exit code 3: ");
  }

  @Test
  void areScannedAndTagged() {
    Cli.Ended scan = jobfold("scan", tree.root()).with("LC_ALL", "C.UTF-8").run();
    assertThat(scan.code()).isZero();
    assertHarmless(scan.out());
    for (String name : NAMES) {
      Cli.Ended ended = jobfold("tag", tree.root(), "/" + name).with("LC_ALL", "C.UTF-8").run();
      assertThat(ended.code()).as(name + ended.err()).isZero();
      assertThat(tree.at(name + "/.jobfold-tagged")).exists();
    }
    Cli.Ended run = jobfold("run", tree.root()).with("LC_ALL", "C.UTF-8").run();
    assertThat(run.err()).isEqualTo("nothing to run: all 12 folders are tagged\n");
  }

  @Test
  void aTreeMayBeginWithADash() {
    new Tree(tree.at("two words")).folder("-t/a", "command: 'true'");
    assertThat(jobfold("run", "--", "-t").in(tree.at("two words")).run().code()).isZero();
    assertThat(jobfold("run", "./-t").in(tree.at("two words")).run().code()).isZero();
  }

  private static void assertHarmless(String text) {
    assertThat(text.chars().filter(c -> c != '\n' && Character.isISOControl(c))).isEmpty();
    assertThat(text).doesNotContain("\u202e");
  }
}
