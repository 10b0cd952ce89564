package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold errors}: what failed, in groups of what failed alike. */
@Timeout(240)
class ErrorsTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  private void threeReasons() {
    for (int i = 0; i < 7; i++) {
      tree.folder(
          "s" + i,
          "command: |",
          "  echo step " + i + " >&2",
          "  echo \"ERROR: Lost atoms: original 4000 current 39" + i + " in $JOBFOLD_FOLDER\" >&2",
          "  exit 1");
    }
    tree.folder("t1", "command: echo cannot open potential file >&2; exit 1")
        .folder("t2", "command: echo cannot open potential file >&2; exit 1")
        .folder("u", "command: kill -SEGV $$")
        .folder("ok", "command: 'true'");
  }

  @Test
  void failuresThatAreAlikeAreShownOnceWithOneTail() {
    threeReasons();
    Cli.Ended run = jobfold("run", tree.root(), "--ranks", 2).run();
    assertThat(run.code()).isEqualTo(1);
    List<String> before = tree.all();
    InProcess errors = InProcess.jobfold("errors", tree.root().toString());
    assertThat(errors.code()).isZero();
    String groups =
        """
        errors: 9 × exit code 1; 1 × signal 11 (SEGV)
          7 × exit code 1: /s0, /s1, /s2, /s3, /s4 and 2 more
              output: %1$s/s0/stderr
              | step 0
              | ERROR: Lost atoms: original 4000 current 390 in /s0
          2 × exit code 1: /t1, /t2
              output: %1$s/t1/stderr
              | cannot open potential file
          /u: signal 11 (SEGV),\
        """
            .formatted(tree.root());
    assertThat(errors.out())
        .startsWith(tree.root() + ": 10 folders have failed for good\n" + groups)
        .endsWith(
            "when the reasons are mended, to run them again: jobfold resume "
                + tree.root()
                + " --retry-failed\n");
    assertThat(run.err()).contains(groups);
    assertThat(tree.all()).isEqualTo(before);
  }

  @Test
  void machinesGetTheGroupsAndTheErrorsMap() {
    threeReasons();
    tree.folder("next", "command: 'true'", "depends: ../u");
    JsonNode ran = jobfold("run", tree.root(), "--ranks", 2, "--json").run().json();
    JsonNode json = jobfold("errors", tree.root(), "--json").run().json();
    assertThat(json.get("failed").asInt()).isEqualTo(10);
    assertThat(json.get("blocked").asInt()).isEqualTo(1);
    assertThat(json.at("/errors/~1next/origins").toString()).isEqualTo("[\"/u\"]");
    assertThat(json.at("/groups/0/size").asInt()).isEqualTo(7);
    assertThat(json.at("/groups/1/folders").toString()).isEqualTo("[\"/t1\",\"/t2\"]");
    Documented.in("errors-json.md").isWholeIn(json);
    // The journal is exact to a microsecond.
    for (JsonNode errors : List.of(json.get("errors"), ran.get("errors"))) {
      errors.forEach(failure -> ((ObjectNode) failure).remove("ended"));
    }
    assertThat(json.get("errors")).isEqualTo(ran.get("errors"));
  }

  @Test
  void listsPathsAndCausesForOtherPrograms() {
    threeReasons();
    jobfold("run", tree.root(), "--ranks", 2).run();
    String root = tree.root().toString();
    assertThat(InProcess.jobfold("errors", root, "--list", "--cause", "signal").out())
        .isEqualTo("/u\tsignal 11 (SEGV)\t1\t" + tree.at("u/stderr") + "\n");
    assertThat(InProcess.jobfold("errors", root, "--folders", "--cause", "signal,timeout").out())
        .isEqualTo(tree.at("u") + "\n");
    assertThat(InProcess.jobfold("errors", root, "--folders", "--null").out().split("\0"))
        .hasSize(10)
        .contains(tree.at("t2").toString());
    assertThat(InProcess.jobfold("errors", root, "--cause", "signal").out())
        .contains("10 folders have failed for good, 1 of this cause\n")
        .doesNotContain("/t1");
    assertThat(InProcess.jobfold("errors", root, "--cause", "cold").err())
        .contains("there is no cause 'cold': there are exit, ");
    assertThat(InProcess.jobfold("errors", root, "--list", "--json").code()).isEqualTo(2);
    assertThat(InProcess.jobfold("errors", root, "--null").code()).isEqualTo(2);
  }

  @Test
  void showsWhatHasFailedSoFarInARunThatGoesOn() {
    tree.folder("a", "command: echo too cold >&2; exit 4")
        .folder("b", "command: echo > ../began; read x < ../go")
        .fifo("began")
        .fifo("go");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out())
        .contains("1 folder has failed for good so far\n", "/a: exit code 4", "| too cold\n");
    tree.release("go");
    run.end();
  }

  @Test
  void whereNothingFailedOrRanItSaysSo() {
    tree.folder("a", "command: 'true'");
    String root = tree.root().toString();
    assertThat(InProcess.jobfold("errors", root).out()).isEqualTo(root + ": it has not been run\n");
    assertThat(tree.at(".jobfold")).doesNotExist();
    jobfold("run", root).run();
    assertThat(InProcess.jobfold("errors", root).out())
        .isEqualTo(root + ": no folder has failed for good\n");
  }
}
