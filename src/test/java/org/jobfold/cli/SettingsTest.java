package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold.yaml} and the variables of the environment, as a run takes them. */
@Timeout(240)
class SettingsTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Test
  void aRunTakesTheFileThenTheEnvironmentThenWhatIsTyped() {
    tree.file("a/in.x", "")
        .file(
            "jobfold.yaml",
            """
            match: in.*
            command: echo $JOBFOLD_PARAM_T $JOBFOLD_PARAM_U $JOBFOLD_PARAM_V >> seen; exit 1
            maxtrials: 2
            ranks: 3
            params: {T: file, U: file, V: "${folder:base}"}
            """);
    Cli.Ended file = jobfold("run", tree.root(), "--json").run();
    assertThat(file.code()).as(file.err()).isEqualTo(1);
    assertThat(file.json().get("ranks").asInt()).isEqualTo(3);
    assertThat(tree.text("a/seen")).isEqualTo("file file a\n".repeat(2));

    Cli.Ended variable =
        jobfold("run", tree.root(), "--json", "-p", "U=typed")
            .with("JOBFOLD_MAXTRIALS", "3")
            .with("JOBFOLD_RANKS", "2")
            .with("JOBFOLD_PARAMS", "T=variable,U=variable")
            .run();
    assertThat(variable.json().get("ranks").asInt()).isEqualTo(2);
    assertThat(tree.text("a/seen"))
        .isEqualTo("file file a\n".repeat(2) + "variable typed a\n".repeat(3));

    Cli.Ended typed =
        jobfold("run", tree.root(), "--json", "--ranks", 1, "--maxtrials", 1)
            .with("JOBFOLD_RANKS", "2")
            .run();
    assertThat(typed.json().get("ranks").asInt()).isEqualTo(1);
    assertThat(tree.text("a/seen").lines()).hasSize(6);
  }

  @Test
  void allThatIsWrongIsToldAtOnceAndNothingIsTouched() {
    tree.folder("a", "command: touch started", "ranks: 9")
        .folder("b", "nbpools: 2")
        .file("jobfold.yaml", "grace: 5\nranks: 4\nmpi-launcher: mpirun\ntimeout: 2h\n");
    List<String> before = tree.all();
    Cli.Ended ended = jobfold("run", tree.root()).with("JOBFOLD_NBPOOLS", "0").run();
    String file = tree.at("jobfold.yaml").toString();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .isEqualTo(
                        file
                            + ":1: 'grace' can not be used: '5' has no unit: write '5s', '5m' or"
                            + " '5h'"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(file + ":3: 'mpi-launcher' can not be used: ")
                    .contains("does not say where the command goes"))
        .contains(
            file + ":4: 'timeout' is a setting of folders: write it in 'job.yaml'",
            tree.at("b/job.yaml")
                + ":1: 'nbpools' is a setting of the whole run: write it in 'jobfold.yaml' at the"
                + " root of the tree",
            "JOBFOLD_NBPOOLS: can not be used: '0' is too small: give at least 1")
        .hasSize(6);
    assertThat(tree.all()).isEqualTo(before);
  }

  @Test
  void problemsThatShowLaterNameThePlaceToo() {
    tree.file("in.x", "").file("jobfold.yaml", "match: '['\ncommand: no-such-program {match}\n");
    String file = tree.at("jobfold.yaml").toString();
    assertThat(jobfold("scan", tree.root()).run().err())
        .startsWith(file + ":1: 'match' can not be used: '[' is not a glob");
    Cli.Ended ended = jobfold("run", tree.root()).with("JOBFOLD_MATCH", "in.*").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith(file + ":2: 'command' can not be used: it needs the program 'no-such-program'");
  }

  @Test
  void scanSaysWhatComesFromElsewhere() {
    tree.file("in.x", "")
        .file("jobfold.yaml", "nbpools: 2\nmatch: in.*\ncommand: cat {match}\n")
        .file("deep/jobfold.yaml", "nbpools: 2\n");
    Cli.Ended ended = jobfold("scan", ".").in(tree.root()).with("JOBFOLD_PARAMS", "T=1").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .isEqualTo(
            """
            FOLDER  RANKS  TRIALS  TIMEOUT  RUNS
            /       -      -       -        cat in.x

            without effect:
              deep/jobfold.yaml: is not read, only that at the root of the tree is: settings of folders are in 'job.yaml'

            with the settings:
              match     in.*         jobfold.yaml:2
              command   cat {match}  jobfold.yaml:3
              params.T  1            environment JOBFOLD_PARAMS

            1 folder would run
            """);
    JsonNode json =
        jobfold("scan", tree.root(), "--json", "--match", "none").run().json().get("settings");
    assertThat(json).hasSize(1);
    assertThat(json.get(0).get("name").asText()).isEqualTo("command");
    assertThat(json.get(0).get("line").asInt()).isEqualTo(3);
  }

  @Test
  void foldersAreNamedAsTheyAreFound() {
    tree.file("a/in.x", "").file("jobfold.yaml", "match: in.*\ncommand: cat {match}\n");
    assertThat(jobfold("tag", tree.root(), "/a").run().code()).isZero();
    assertThat(tree.all()).contains("a/.jobfold-tagged");
  }

  @Test
  void whatIsMeantForThisRunIsNotSeenByItsTrials() {
    tree.folder("a", "command: env | grep ^JOBFOLD_ > seen", "env: {JOBFOLD_GRACE: 7s}")
        .file("jobfold.yaml", "maxtrials: 2\n");
    Cli.Ended ended =
        jobfold("run", tree.root())
            .with("JOBFOLD_NBPOOLS", "1")
            .with("JOBFOLD_RANKS", "4")
            .with("JOBFOLD_MPI_LAUNCHER", "mpirun {command}")
            .with("JOBFOLD_OF_THE_USER", "kept")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("a/seen").lines())
        .contains(
            "JOBFOLD_RANKS=4",
            "JOBFOLD_GRACE=7s",
            "JOBFOLD_MPI_LAUNCHER=mpirun {command}",
            "JOBFOLD_OF_THE_USER=kept")
        .noneMatch(line -> line.startsWith("JOBFOLD_NBPOOLS"));
  }

  @Test
  void ofTheVariablesOfATrialOnlyItsRanksAreASetting() {
    tree.folder(
        "a",
        "steps: [{name: s, command: 'env | grep ^JOBFOLD_ | sed s/=.*// > seen'}]",
        "params: {S: 1, params: 2, nbpools: 3, match: 4}");
    assertThat(jobfold("run", tree.root()).run().code()).isZero();
    Set<String> shared =
        Setting.all(CommandLineRunner.commandLine(InProcess.nowhere()).getCommandSpec()).stream()
            .filter(setting -> !setting.isOfTheTrial(Map.of("JOBFOLD_FOLDER", "/a")))
            .map(Setting::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    shared.retainAll(tree.text("a/seen").lines().toList());
    assertThat(shared).containsExactly("JOBFOLD_RANKS");
  }

  @Test
  void whatIsTypedAtAResumeHoldsForTheNextOneToo() {
    tree.folder("a", "command: echo $JOBFOLD_PARAM_T $JOBFOLD_PARAM_U >> seen; exit 1");
    jobfold("run", tree.root(), "-p", "T=1", "-p", "U=1", "--nbpools", 1).run();
    jobfold("resume", tree.root(), "-p", "U=2", "--maxtrials", 2).run();
    Cli.Ended ended = jobfold("resume", tree.root(), "--retry-failed", "--json").run();
    assertThat(tree.text("a/seen")).isEqualTo("1 1\n1 2\n1 2\n");
    assertThat(ended.json().get("nbpools").asInt()).isEqualTo(1);
    Cli.Ended config = jobfold("config", tree.root(), "--resume").run();
    assertThat(config.out().lines().filter(line -> line.endsWith("options of the last run")))
        .hasSize(4);
  }

  @Test
  void aResumeReadsTheFileAndTheEnvironmentAnewUnderTheOptionsOfTheRun() {
    tree.folder(
            "a", "command: echo $JOBFOLD_PARAM_T $JOBFOLD_PARAM_U $JOBFOLD_PARAM_V >> seen; exit 1")
        .file("jobfold.yaml", "params: {T: old, U: old, V: old}\n");
    jobfold("run", tree.root(), "-p", "T=typed").with("JOBFOLD_PARAMS", "V=gone").run();
    tree.file("jobfold.yaml", "params: {T: new, U: new, V: new}\n");
    jobfold("resume", tree.root(), "--retry-failed").run();
    assertThat(tree.text("a/seen")).isEqualTo("typed old gone\ntyped new new\n");
  }

  @Test
  void aResumeThatIsRefusedIsNotRemembered() {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    tree.folder("b", "comand: x");
    assertThat(jobfold("resume", tree.root(), "--nbpools", 3).run().code()).isEqualTo(2);
    assertThat(tree.text(".jobfold/options.json")).isEqualTo("[]");
  }
}
