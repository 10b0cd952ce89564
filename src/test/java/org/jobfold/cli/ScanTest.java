package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold scan}. */
@Timeout(240)
class ScanTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree =
        new Tree(directory)
            .file("job.yaml", "maxtrials: 2\n")
            .file("in", "")
            .folder(
                "a",
                "command: cat",
                "ranks: 3",
                "mpi: true",
                "timeout: 90s",
                "stdin: ../in",
                "env: {A: b}",
                "params: {T: 1}")
            .folder("off", "command: cat")
            .file("off/.jobfold-tagged", "")
            .file("locked/run", "echo")
            .file(".hidden/run", "#!/bin/sh\n");
    Cli.Shell.run("ln -s a \"$1\"", tree.at("link"));
  }

  @Test
  void showsWhatWouldRunAndWhatNot() {
    Cli.Ended ended = jobfold("scan", ".").in(tree.root()).run();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            """
            FOLDER  RANKS  TRIALS  TIMEOUT  RUNS
            /a      3 mpi  2       1m30s    cat

            not run:
              .: nothing to run: only settings for folders below
              .: 1 hidden directory was not entered
              link: symbolic link to a directory, not followed: move the directory here to run it
              locked/run: not executable: chmod +x it to run it
              off: tagged: untag it to run it

            1 folder would run
            """);
    assertThat(tree.at(".jobfold")).doesNotExist();
  }

  @Test
  void saysTheSameAsJson() {
    addGraph();
    tree.folder("wrong", "comand: x").file("jobfold.yaml", "params: {W: 1}");
    Cli.Ended ended = jobfold("scan", tree.root(), "--json", "-p", "T=2").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("jobfold: a run is refused until 1 problem is corrected");
    JsonNode json = ended.json();
    JsonNode a = json.get("folders").get(0);
    assertThat(a.get("name").asText()).isEqualTo("/a");
    assertThat(a.get("timeout").asInt()).isEqualTo(90);
    assertThat(a.get("params").get("T").asText()).isEqualTo("2");
    assertThat(json.get("folders").get(2).get("tagged").asBoolean()).isTrue();
    assertThat(json.get("problems").get(0).get("line").asInt()).isEqualTo(1);
    JsonNode b = json.get("folders").get(1);
    assertThat(b.get("depends").toString()).isEqualTo("[{\"name\":\"../a\",\"after\":\"any\"}]");
    assertThat(b.get("tokens").toString()).isEqualTo("{\"licence\":2}");
    assertThat(b.get("inputs").toString()).isEqualTo("[]");
    assertThat(a.has("depends")).isFalse();
    assertThat(a.has("inputs")).isFalse();
    tree.folder("wrong", "command: cat");
    JsonNode why = jobfold("scan", tree.root(), "--json", "--why").run().json();
    assertThat(why.get("folders").get(0).get("run").asText()).isEqualTo("yes");
    assertThat(why.get("folders").get(0).get("why").toString())
        .isEqualTo("[\"declares no inputs: always runs\"]");
    Documented.in("scan-json.md").isWholeIn(json, why);
  }

  @Test
  void showsWhoWaitsForWhom() {
    addGraph();
    Cli.Ended ended = jobfold("scan", ".").in(tree.root()).run();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .startsWith(
            """
            FOLDER  RANKS  TRIALS  TIMEOUT  THREADS  GPUS  TOKENS     PRIORITY  DEPENDS              RUNS
            /a      3 mpi  2       1m30s    -        -     -          -         -                    cat
            /b      -      2       -        2        1     2 licence  -1        ../a (any), finally  cat
            """);
  }

  @Test
  void refusesFoldersThatWaitForNothingOrOneAnother() {
    tree.folder("x", "command: cat", "depends: [../y, ../zz]")
        .folder("y", "command: cat", "depends: ../x");
    Cli.Ended ended = jobfold("scan", ".").in(tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "x/job.yaml:2: 'depends' names '../zz', that is '/zz', which is not there: correct it,"
                + " or make the folder")
        .contains("x/job.yaml:2: folders wait for one another: '/x' waits for '/y' waits for '/x'")
        .contains("until 2 problems are corrected");
  }

  private void addGraph() {
    tree.folder(
        "b",
        "command: cat",
        "depends: {name: ../a, after: any}",
        "finally: true",
        "queue: licence",
        "tokens: 2",
        "priority: -1",
        "threads: 2",
        "gpus: 1",
        "inputs: []",
        "outputs: '*.log'");
  }
}
