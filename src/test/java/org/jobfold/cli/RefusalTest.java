package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Input that is refused: all of it is told, nothing is started, nothing is written. */
@Timeout(240)
class RefusalTest {

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Test
  void tellsAllThatIsWrongAndTouchesNothing() {
    tree.folder("fine", "command: touch started")
        .folder("key", "comand: touch started")
        .folder("value", "command: touch started", "timeout: 5")
        .folder("program", "command: no-such-program")
        .folder("wide", "command: touch started", "ranks: 64")
        .folder("wider", "command: touch started", "ranks: 65")
        .folder("wider/too", "command: touch started", "ranks: 65");
    List<String> before = tree.all();
    Cli.Ended ended =
        jobfold("run", tree.root(), "--ranks", 4, "--mpi-launcher", "mpirun {command}", "--json")
            .run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines())
        .containsExactly(
            tree.at("key/job.yaml") + ":1: unknown key 'comand': did you mean 'command'?",
            tree.at("program/job.yaml")
                + ":1: 'command' needs the program 'no-such-program', which is not in PATH: install"
                + " it, load its module, or write its path",
            tree.at("value/job.yaml")
                + ":2: 'timeout' can not be read: '5' has no unit: write '5s', '5m' or '5h'",
            "folder '/wide': asks for 64 ranks, there are 4: lower 'ranks', or raise '--ranks'",
            "folder '/wider': asks for 65 ranks, there are 4: lower 'ranks', or raise '--ranks' (and 1"
                + " more folder)",
            "jobfold: 5 problems: nothing was started or changed");
    assertThat(tree.all()).isEqualTo(before);
  }

  @Test
  void namesFilesAsTheUserDoes() {
    tree.folder("t/a", "comand: x");
    assertThat(jobfold("run", "t").in(tree.root()).run().err())
        .isEqualTo("t/a/job.yaml:1: unknown key 'comand': did you mean 'command'?\n");
    assertThat(jobfold("scan", ".").in(tree.root()).run().err()).startsWith("t/a/job.yaml:1: ");
  }

  @Test
  void refusesAnEmptyTree() {
    Cli.Ended ended = jobfold("run", tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            tree.root()
                + ": the tree has no executable folder: add a 'job.yaml' with a 'command' or an"
                + " executable 'run' to a folder, or use '--match' and '--command'\n");
    assertThat(tree.all()).containsExactly("");
    assertThat(
            jobfold("run", tree.root(), "--match", "in.*", "--command", "cat {match}").run().err())
        .contains("no file matches '--match'");
  }

  @Test
  void aTreeOfFilesThatMayNotBeExecutedSaysSo() {
    for (String name : List.of("a/run", "b/run.sh", "c/run", "d/run", "e/run")) {
      tree.file(name, "echo");
    }
    String said =
        "t: the tree has no executable folder: 't/a/run', 't/b/run.sh', 't/c/run' and 2 more are not"
            + " executable: chmod +x them, or add a 'job.yaml' with a 'command' or an executable"
            + " 'run' to a folder, or use '--match' and '--command'\n";
    Cli.Shell.run("cd \"$1\" && mkdir t && mv ? t 2>&1 || true", tree.root());
    assertThat(jobfold("run", "t").in(tree.root()).run().err()).isEqualTo(said);
    assertThat(jobfold("scan", "t").in(tree.root()).run().err()).startsWith(said);
    tree.file("t/f/run", "#!/bin/sh\n");
    Cli.Ended ended = jobfold("run", "t").in(tree.root()).run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("jobfold: not run: 't/a/run', 't/b/run.sh', 't/c/run' and 2 more are not");
  }

  @Test
  void whatIsWrongInSeveralFoldersIsSaidOnce() {
    for (String name : List.of("a", "b", "c", "d", "e", "e/f", "e/g")) {
      tree.folder(name, "command: touch started", "comand: x");
    }
    tree.folder("f", "call: {class: a.B}", "mpi: true")
        .folder("g", "call: {class: a.B}", "mpi: true");
    Cli.Ended ended = jobfold("run", ".").in(tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "a/job.yaml:2: unknown key 'comand': did you mean 'command'? (and 6 more:"
                            + " b/job.yaml:2, c/job.yaml:2, d/job.yaml:2, e/f/job.yaml:2,"
                            + " e/g/job.yaml:2, ...)"),
            line ->
                assertThat(line)
                    .startsWith("folder '/f': has a 'call' and 'mpi: true', and jobfold was not")
                    .endsWith("of its own (and 1 more folder: /g)"),
            line -> assertThat(line).contains("9 problems: nothing was started or changed"));
    assertThat(jobfold("scan", ".", "--json").in(tree.root()).run().json().get("problems"))
        .hasSize(7);
  }

  @Test
  void refusesAParamThatNoFolderKnows() {
    tree.file("job.yaml", "params: {temperature: 300, 'a.b': 1}\n")
        .folder("a", "command: touch started; echo ${params.pressure:-1} $JOBFOLD_PARAM_T_MAX");
    Cli.Ended ended =
        jobfold("run", tree.root(), "-p", "temprature=1", "-p", "presure=2", "-p", "x=1").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines())
        .containsExactly(
            "--param: no folder file has a param 'presure': did you mean 'pressure'? Else write it"
                + " under 'params' in a folder file, for programs that ask for it",
            "--param: no folder file has a param 'temprature': did you mean 'temperature'? Else"
                + " write it under 'params' in a folder file, for programs that ask for it",
            "--param: no folder file has a param 'x', but 'a.b', 'pressure', 'temperature': correct"
                + " it, or write it under 'params' in a folder file, for programs that ask for it",
            "jobfold: 3 problems: nothing was started or changed");
    assertThat(jobfold("scan", tree.root(), "-p", "temprature=1").run().code()).isEqualTo(2);
    assertThat(tree.at("a/started")).doesNotExist();
    Cli.Ended known =
        jobfold("run", tree.root(), "-p", "temperature=1", "-p", "pressure=2", "-p", "t-max=5")
            .run();
    assertThat(known.code()).as(known.err()).isZero();
    assertThat(tree.text("a/stdout")).isEqualTo("2 5\n");
    Cli.Ended noted = jobfold("run", tree.root()).with("JOBFOLD_PARAMS", "temprature=7").run();
    assertThat(noted.code()).as(noted.err()).isZero();
    assertThat(noted.err())
        .contains(
            "jobfold: JOBFOLD_PARAMS: no folder file has a param 'temprature': did you mean"
                + " 'temperature'?\n");
  }

  @Test
  void aParamOfATreeThatKnowsNoneIsForItsPrograms() {
    tree.file("a/run", "#!/bin/sh\necho $JOBFOLD_PARAM_T\n");
    Cli.Ended ended = jobfold("run", tree.root(), "-p", "t=5").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "--param: no folder file has a param 't': programs alone see it, as JOBFOLD_PARAM_T\n");
    assertThat(tree.text("a/stdout")).isEqualTo("5\n");
  }

  @Test
  void aParamOfTheLastRunThatIsGoneFromTheTreeIsNoted() {
    tree.folder("a", "command: 'false'", "params: {t: 1, u: 1}");
    jobfold("run", tree.root(), "-p", "t=5").run();
    tree.folder("a", "command: 'true'", "params: {u: 1}");
    Cli.Ended ended = jobfold("resume", tree.root(), "--retry-failed").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("no folder file has a param 't'");
  }

  @Test
  void refusesNoGpusWhereTheGpuZeroIsMeant() {
    tree.folder("a", "command: 'true'", "gpus: 1");
    assertThat(jobfold("run", tree.root(), "--gpus", "0").run().err())
        .isEqualTo(
            "--gpus: '0' is how many there are, and folder '/a' asks for 1 GPU: write '0,' for the"
                + " one with the id 0, or how many there are\n");
    assertThat(jobfold("run", tree.root(), "--gpus", "0,").run().code()).isZero();
    assertThat(jobfold("run", tree.root(), "--gpus", "none").run().err())
        .startsWith(
            "folder '/a': asks for 1 rank and 1 GPU, and the run has no GPUs: lower 'gpus'");
  }

  @Test
  void refusesATreeThatCanNotBeEntered() {
    tree.folder("locked/a", "command: 'true'").file("file", "");
    assertThat(jobfold("run", tree.at("nowhere")).run().err())
        .isEqualTo(
            tree.at("nowhere")
                + ": there is no such directory: name the root of a tree of job folders\n");
    assertThat(jobfold("run", tree.at("file")).run().err())
        .isEqualTo(
            tree.at("file") + ": it is not a directory: name the root of a tree of job folders\n");
    assertThat(jobfold("run", "").in(tree.root()).run().err())
        .isEqualTo("TREE: it is empty: name the root of a tree of job folders\n");
    Cli.Shell.run("chmod 0 \"$1\"", tree.at("locked"));
    Cli.Ended locked = jobfold("run", tree.at("locked")).asAUser().run();
    Cli.Shell.run("chmod 700 \"$1\"", tree.at("locked"));
    assertThat(locked.code()).isEqualTo(2);
    assertThat(locked.err()).contains("can not be read: permission denied");
  }

  @Test
  void refusesATreeInWhichItCanNotWrite() {
    tree.folder("a", "command: 'true'");
    Cli.Shell.run("chmod 500 \"$1\"", tree.root());
    Cli.Ended ended = jobfold("run", tree.root()).asAUser().run();
    Cli.Shell.run("chmod 700 \"$1\"", tree.root());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("permission denied", "jobfold needs to write in the root of the tree");
    assertThat(tree.at("a/stdout")).doesNotExist();
  }

  @Test
  void refusesWrongOptions() {
    tree.folder("a", "command: touch started");
    Cli.Ended ended =
        jobfold(
                "run",
                tree.root(),
                "--ranks",
                0,
                "--nbpools",
                "x",
                "--grace",
                5,
                "--jsno",
                "-p",
                "x")
            .run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines())
        .containsExactlyInAnyOrder(
            "jobfold: option '--ranks': '0' is too small: give at least 1",
            "jobfold: option '--nbpools': 'x' is not a whole number: write one like '4'",
            "jobfold: option '--grace': '5' has no unit: write '5s', '5m' or '5h'",
            "jobfold: option '--param': 'x' is not NAME=VALUE: write it like 'temperature=300'",
            "jobfold: there is no option '--jsno': did you mean '--json'?",
            "'jobfold run --help' shows how it is used");
    assertThat(jobfold("run", tree.root(), "--match", "*.in").run().err())
        .isEqualTo("--match: '--match' and '--command' go together: give both\n");
    assertThat(jobfold("scan", tree.root(), "--match", "[", "--command", "x").run().err())
        .contains("--match: '[' is not a glob");
    assertThat(jobfold("run", tree.root(), "--mpi-launcher", "mpirun").run().err())
        .contains("--mpi-launcher: ", "does not say where the command goes");
    assertThat(tree.all()).containsExactly("", "a", "a/job.yaml");
  }

  @Test
  void refusesAnMpiLauncherThatIsNotThereWithAllElseThatIsWrong() {
    tree.folder("a", "command: touch started", "mpi: true")
        .folder("b", "command: touch started", "ranks: 9");
    assertThat(
            jobfold("run", tree.root(), "--ranks", 2, "--mpi-launcher", "no-mpirun {command}")
                .run()
                .err()
                .lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("folder '/a': has 'mpi: true', and the MPI launcher 'no-mpirun' is"),
            line -> assertThat(line).contains("folder '/b': asks for 9 ranks, there are 2"),
            line -> assertThat(line).contains("2 problems: nothing was started or changed"));
  }

  @Test
  void refusesAWrongRegularExpression() {
    tree.folder("a", "command: 'true'", "success: {file: log, pattern: '('}");
    Cli.Ended ended = jobfold("run", tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("a/job.yaml:2: 'success.pattern' ", "'('");
  }

  @Test
  void aJournalThatCanNotBeMadeStartsNothing() {
    tree.folder("a", "command: touch started");
    tree.onSmallDisk(
        () -> {
          Cli.Shell.run("head -c 100000 /dev/zero > \"$1/pad\" || true", tree.at(".jobfold"));
          Cli.Ended ended = jobfold("run", tree.root()).run();
          assertThat(ended.code()).isIn(2, 3);
          assertThat(ended.err()).contains("no space left on device").doesNotContain("bug");
        });
    assertThat(tree.at("a/started")).doesNotExist();
  }

  @Test
  void aRunWaitsForRoomForItsJournalAndGoesOn() {
    tree.onSmallDisk(
        () -> {
          Cli.Started run = begunOnFullDisk();
          run.awaitErr("nothing is started, and what runs goes on");
          Cli.Shell.run("rm \"$1/pad\"", tree.at(".jobfold"));
          run.awaitErr("going on");
          tree.release("go2");
          Cli.Ended ended = run.end();
          assertThat(ended.code()).as(ended.err()).isZero();
          assertThat(ended.err())
              .contains("no space left on device", "make room")
              .contains("the journal can be written again: going on", "42 folders: 42 succeeded");
          assertThat(jobfold("resume", tree.root()).run().err())
              .contains("42 folders done before, 0 left");
        });
  }

  @Test
  void aRunThatIsStoppedWhileItWaitsForRoomCanBeResumed() {
    tree.onSmallDisk(
        () -> {
          Cli.Started run = begunOnFullDisk();
          run.awaitErr("nothing is started, and what runs goes on");
          run.signal("TERM");
          Cli.Ended ended = run.end();
          assertThat(ended.code()).as(ended.err()).isEqualTo(3);
          assertThat(ended.err())
              .contains("the run broke off: the journal ", "no space left on device", "make room")
              .contains("incomplete: ")
              .doesNotContain("bug");
          assertThat(ended.json().get("exit").asInt()).isEqualTo(3);
          assertThat(run.survivors()).isEmpty();
          Cli.Shell.run("rm \"$1/pad\"", tree.at(".jobfold"));
          Cli.Started resumed = jobfold("resume", tree.root()).start();
          tree.await("began", 1);
          tree.release("go2");
          ended = resumed.end();
          assertThat(ended.code()).as(ended.err()).isZero();
          assertThat(ended.err()).contains("42 folders: 42 succeeded");
        });
  }

  /** Two folders run, 40 wait, and the disk that the journal is on is full. */
  private Cli.Started begunOnFullDisk() {
    tree.folder("a", "command: test -e ran || { echo > ../began; read x < ../go; }; touch ran")
        .folder("b", "command: echo > ../began; read x < ../go2")
        .fifo("began")
        .fifo("go")
        .fifo("go2");
    for (int i = 0; i < 40; i++) {
      tree.folder("c" + i, "command: 'true'");
    }
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 2, "--json").start();
    tree.await("began", 2);
    Cli.Shell.run("head -c 100000 /dev/zero > \"$1/pad\" || true", tree.at(".jobfold"));
    tree.release("go");
    return run;
  }
}
