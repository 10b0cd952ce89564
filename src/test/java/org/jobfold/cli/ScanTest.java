package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
  void paramsThatWouldBeOneVariableAreRefusedBeforeAnythingStarts() {
    tree.folder("b", "command: cat", "params: {Temp: 1, temp: 2}");
    tree.folder("c", "command: cat", "params: {Temp: 3, temp: 4}");
    for (String command : List.of("scan", "run")) {
      Cli.Ended ended = jobfold(command, tree.root(), "--ranks", 3).run();
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err())
          .contains("params 'Temp' and 'temp' would both be the variable 'JOBFOLD_PARAM_TEMP'")
          .contains("and 1 more folder: /c");
    }
  }

  @Test
  void showsWhatWouldRunAndWhatNot() {
    Cli.Ended ended = scan("--ranks", 3);
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
    Cli.Ended ended = scan("--json", "-p", "T=2", "--queue", "licence=2");
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
    JsonNode why = scan("--json", "--why", "--queue", "licence=2").json();
    assertThat(why.get("here").findValuesAsText("message"))
        .contains(
            "asks for 1 rank with 2 threads and 1 GPU, and the run has no GPUs: lower 'gpus', or"
                + " name more by '--gpus'");
    assertThat(why.get("folders").get(0).get("run").asText()).isEqualTo("yes");
    assertThat(why.get("folders").get(0).get("why").toString())
        .isEqualTo("[\"declares no inputs: always runs\"]");
    Documented.in("scan-json.md").isWholeIn(json, why);
  }

  @Test
  void showsWhoWaitsForWhom() {
    addGraph();
    Cli.Ended ended = scan("--queue", "licence=2", "--ranks", 4, "--gpus", 1);
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

  @Test
  void refusesWhatARunWithTheSameOptionsRefuses() {
    tree.folder("wide", "command: cat", "ranks: 99")
        .folder("tokens", "command: cat", "queue: big", "tokens: 3")
        .folder("gpus", "command: cat", "gpus: 4")
        .folder("threads", "command: cat", "threads: 9999")
        .folder("call", "call: {class: a.B}", "mpi: true");
    Object[] options = {
      "--ranks", 3, "--queue", "big=2", "--gpus", 2, "--mpi-launcher", "no {command}"
    };
    Cli.Ended scan = scan(options);
    Cli.Ended run = jobfold(words("run", options)).in(tree.root()).run();
    assertThat(scan.code()).isEqualTo(2);
    assertThat(problems(scan))
        .isEqualTo(problems(run))
        .hasSize(6)
        .contains(
            "tokens/job.yaml:3: folder '/tokens' holds 3 tokens of queue 'big', which has 2: lower"
                + " 'tokens', or give the queue more with '--queue'",
            "folder '/gpus': asks for 1 rank and 4 GPUs, and no host has more than 2: lower 'gpus',"
                + " or name more by '--gpus'",
            "folder '/wide': asks for 99 ranks, there are 3: lower 'ranks', or raise '--ranks'");
  }

  @Test
  void whatThisMachineHasNoRoomForIsANoteUnlessTheAllocationIsNamed() {
    tree.folder("wide", "command: cat", "ranks: 9999").folder("gpus", "command: cat", "gpus: 4");
    Cli.Ended ended = scan("--mpi-launcher", "no-mpirun {command}");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .containsSubsequence(
            "\nrefused on this machine, if no other is meant ('--ranks', '--hosts', '--machinefile'",
            "\n  folder '/a': has 'mpi: true', and the MPI launcher 'no-mpirun' is not in the PATH",
            "\n  folder '/gpus': asks for 1 rank and 4 GPUs, and the run has no GPUs: lower 'gpus'",
            "\n  folder '/wide': asks for 9999 ranks, there ",
            "\n3 folders would run, but not on this machine\n");
    JsonNode json = scan("--json", "--mpi-launcher", "no-mpirun {command}").json();
    assertThat(json.get("problems")).isEmpty();
    assertThat(json.get("here").findValuesAsText("place"))
        .contains("folder '/a'", "folder '/gpus'", "folder '/wide'");
    assertThat(json.get("allocation").get("hosts").asInt()).isEqualTo(1);

    assertThat(scan("--gpus", "0,1").err())
        .startsWith("folder '/gpus': asks for")
        .contains("1 pro");
    assertThat(scan("--hosts", "n1:8,n2:8").err())
        .contains("folder '/wide': asks for 9999 ranks, there are 16: lower 'ranks'");
    assertThat(scan("--allocation", "local").code()).isEqualTo(2);
    assertThat(jobfold("scan", tree.root()).with("JOBFOLD_RANKS", "8").run().err())
        .contains("folder '/wide': asks for 9999 ranks, there are 8");
    tree.file("jobfold.yaml", "hosts: [n1:9999]\ngpus: 4\n");
    ended = scan();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("\n3 folders would run\n", "hosts  n1:9999  jobfold.yaml:1");
  }

  @Test
  void refusesOptionsThatARunRefuses() {
    assertThat(scan("--ranks", 2, "--hosts", "a:1").err())
        .startsWith("--ranks: '--ranks', '--hosts' and '--machinefile' each say which ranks");
    tree.file("jobfold.yaml", "machinefile: nowhere\n");
    assertThat(scan().err()).contains("there is no such file");
    assertThat(scan("--queue", "big").err()).contains("'big' is not NAME=N");
  }

  private Cli.Ended scan(Object... options) {
    return jobfold(words("scan", options)).in(tree.root()).run();
  }

  private static Object[] words(String command, Object... options) {
    return Stream.concat(Stream.of(command, "."), Stream.of(options)).toArray();
  }

  private static List<String> problems(Cli.Ended ended) {
    return ended.err().lines().filter(line -> !line.startsWith("jobfold: ")).toList();
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
