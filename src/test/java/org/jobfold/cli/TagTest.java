package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold tag} and {@code untag}. */
@Timeout(240)
class TagTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
    for (String name : new String[] {"si/a1", "si/a2", "ge/a1", "ge"}) {
      tree.folder(name, "command: echo ran");
    }
  }

  @Test
  void switchesFoldersOffByNameAndGlob() {
    Cli.Ended tag = jobfold("tag", tree.root(), "/si/*", "ge").run();
    assertThat(tag.code()).isZero();
    assertThat(tag.err()).isEqualTo("3 folders tagged\n");

    Cli.Ended scan = jobfold("scan", tree.root()).run();
    assertThat(scan.code()).isZero();
    assertThat(scan.out())
        .contains(
            "\n/ge/a1 ",
            "\n1 folder would run\n",
            tree.at("si/a1") + ": tagged: untag it to run it")
        .doesNotContain("\n/ge ", "\n/si/a1 ");

    Cli.Ended run = jobfold("run", tree.root()).run();
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .startsWith("1 folder on ")
        .contains("; 3 tagged\n", "1 succeeded, 0 failed, 3 tagged");
    assertThat(tree.at("si/a1/stdout")).doesNotExist();
    assertThat(tree.at("si/a1/.jobfold-tagged")).exists();

    Cli.Ended untag = jobfold("untag", tree.root(), "/si/a?").run();
    assertThat(untag.err()).isEqualTo("2 folders without a mark now\n");
    assertThat(jobfold("run", tree.root()).run().err()).contains("3 succeeded, 0 failed, 1 tagged");
    assertThat(tree.text("si/a1/stdout")).isEqualTo("ran\n");
  }

  @Test
  void aWrongNameChangesNothing() {
    Cli.Ended tag = jobfold("tag", tree.root(), "/si/a1", "/no", "/si", "/[", "/x*").run();
    assertThat(tag.code()).isEqualTo(2);
    assertThat(tag.err())
        .contains(
            "/no: the tree has no executable folder of this name: 'jobfold scan' shows the names (and"
                + " 2 more: /si, /x*)\n",
            "/[: it is no name of a folder, and not a glob: ",
            "jobfold: 4 problems: nothing was started or changed\n");
    assertThat(tree.at("si/a1/.jobfold-tagged")).doesNotExist();
  }

  @Test
  void untagSaysWhichFoldersAreKeptOffByTheirOwnFile() {
    tree.folder("si/a1", "command: echo ran", "tagged: true");
    jobfold("tag", tree.root(), "/si/*").run();
    Cli.Ended untag = jobfold("untag", tree.root(), "/si/*", "--json").run();
    assertThat(untag.code()).isZero();
    assertThat(untag.err())
        .isEqualTo(
            """
            2 folders without a mark now
            /si/a1: 'tagged: true' in its folder file keeps it switched off: take that out
            """);
    assertThat(untag.json().get("folders").toString()).isEqualTo("[\"/si/a1\",\"/si/a2\"]");
    assertThat(untag.json().get("stillTagged").toString()).isEqualTo("[\"/si/a1\"]");
    assertThat(untag.json().get("running").asBoolean()).isFalse();
    Documented.in("tag-json.md").isWholeIn(untag.json());
  }

  @Test
  void foldersAreTaggedWhileTheTreeIsBeingRun() {
    tree.folder("ge", "command: echo > ../began; read x < ../go").fifo("began").fifo("go");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    Cli.Ended tag = jobfold("tag", tree.root(), "/si/a2", "--json").run();
    assertThat(tag.code()).isZero();
    assertThat(tag.err())
        .contains("1 folder tagged\n", "the tree is being run", "'jobfold update " + tree.root());
    assertThat(tag.json().get("running").asBoolean()).isTrue();
    tree.release("go");
    assertThat(run.end().code()).isZero();
  }
}
