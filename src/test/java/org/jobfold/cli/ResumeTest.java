package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that are killed at any moment, and go on. The folders leave marks outside the tree of what
 * was really done.
 */
@Timeout(300)
class ResumeTest {
  private Tree tree;
  private Path marks;

  @BeforeEach
  void make(@TempDir Path directory, @TempDir Path outside) {
    tree = new Tree(directory);
    marks = outside.resolve("marks");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aKilledRunGoesOnAndNothingFinishedRunsAgain(int seed) throws IOException {
    Random random = new Random(seed);
    Files.createFile(marks);
    for (int i = 0; i < 40; i++) {
      String fails = i % 7 == 0 ? "test $JOBFOLD_TRIAL -gt 1 || exit 3" : ":";
      tree.file("f" + i + "/job.yaml", marked(1 + i % 5, fails));
    }
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 3, "--maxtrials", 9).start();
    for (int kills = 0; kills < 3; kills++) {
      awaitMarks(Files.readAllLines(marks).size() + 1 + random.nextInt(20), run);
      run.signal("KILL");
      run.end();
      run.awaitNoSurvivors();
      RunState state = StateDirectory.of(tree.root()).load().state();
      Map<String, Integer> before = begins();
      run = jobfold("resume", tree.root()).start();
      awaitMarks(Files.readAllLines(marks).size() + 4, run);
      state.folders().keySet().stream()
          .filter(state::succeeded)
          .map(FolderName::path)
          .forEach(name -> assertThat(begins().get(name)).as(name).isEqualTo(before.get(name)));
    }
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("40 folders: 40 succeeded");
    assertThat(run.survivors()).isEmpty();
    assertThat(begins()).hasSize(40);
    assertThat(Files.readAllLines(marks)).doesNotContain("overlap");
    assertThat(jobfold("resume", tree.root()).run().err())
        .contains("40 folders done before, 0 left");
  }

  @Test
  void theOptionsOfTheRunHoldSaveForThoseThatAreGiven() {
    tree.file("a/in.x", "");
    String line = "echo $JOBFOLD_PARAM_T $JOBFOLD_PARAM_U >> seen; test -e good";
    assertThat(
            jobfold(
                    "run",
                    tree.root(),
                    "--match",
                    "in.*",
                    "--command",
                    line,
                    "-p",
                    "T=1",
                    "-p",
                    "U=2")
                .run()
                .code())
        .isEqualTo(1);
    assertThat(jobfold("resume", tree.root(), "-p", "T=5").run().code())
        .as("failed for good")
        .isEqualTo(1);
    assertThat(tree.text("a/seen")).isEqualTo("1 2\n");
    tree.file("a/good", "");
    Cli.Ended ended = jobfold("resume", tree.root(), "-p", "T=5", "--retry-failed", "--json").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("a/seen")).isEqualTo("1 2\n5 2\n");
    assertThat(ended.json().get("folders").get("succeeded").asInt()).isEqualTo(1);
  }

  @Test
  void whatFailedBeforeIsInTheErrorsMapAgain() {
    tree.folder("bad", "command: exit 3").folder("good", "command: 'true'");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    Cli.Ended ended = jobfold("resume", tree.root(), "--json").run();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.json().get("errors").get("/bad").get("code").asInt()).isEqualTo(3);
    assertThat(tree.all()).doesNotContain("good/stdout.1", "bad/stdout.1");
  }

  @Test
  void aTornLineAndADamagedOneCostNoMoreThanRunningAgain() throws IOException {
    tree.folder("a", "command: 'true'").folder("b", "command: 'true'");
    assertThat(jobfold("run", tree.root()).run().code()).isZero();
    Path journal = tree.at(".jobfold/journal.1.jsonl");
    List<String> lines = Files.readAllLines(journal);
    lines.replaceAll(
        line ->
            line.contains("\"/a\"") && line.contains("succeeded")
                ? line.replace("/a", "/x")
                : line);
    Files.write(journal, lines);
    Files.writeString(journal, "{\"at\":\"2026", StandardOpenOption.APPEND);
    Cli.Ended ended = jobfold("resume", tree.root()).run();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("journal.1.jsonl:", "2 folders: 2 succeeded");
    assertThat(tree.all()).contains("a/stdout.1").doesNotContain("b/stdout.1");
  }

  @Test
  void thereMustHaveBeenARun() {
    tree.folder("a", "command: 'true'");
    Cli.Ended ended = jobfold("resume", tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("it has not been run, so there is nothing to go on from");
    assertThat(tree.all()).containsExactly("", "a", "a/job.yaml");
  }

  @Test
  void aRunFromTheStartSaysThatItForgetsTheOneBefore() {
    tree.folder("a", "command: 'true'");
    assertThat(jobfold("run", tree.root()).run().err()).doesNotContain("earlier run");
    assertThat(jobfold("run", tree.root()).run().err())
        .contains("also those that an earlier run has done: 'jobfold resume'");
  }

  /** Marks its begin and its end, says so if it runs twice at a time, and leaves a grandchild. */
  private String marked(int hundredths, String fails) {
    return """
        command: |
          exec 9>lock; flock -n 9 || echo overlap >> %1$s
          echo begin $JOBFOLD_FOLDER >> %1$s
          setsid sleep 1000 9>&- &
          sleep 0.0%2$d
          %3$s
          echo end $JOBFOLD_FOLDER >> %1$s
        """
        .formatted(marks, hundredths, fails);
  }

  private Map<String, Integer> begins() {
    Map<String, Integer> begins = new HashMap<>();
    try {
      for (String line : Files.readAllLines(marks)) {
        if (line.startsWith("begin ")) {
          begins.merge(line.substring("begin ".length()), 1, Integer::sum);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return begins;
  }

  /** Waits until there are so many marks, or the run has ended. */
  private void awaitMarks(int count, Cli.Started run) throws IOException {
    while (Files.readAllLines(marks).size() < count && ProcessHandle.of(run.pid()).isPresent()) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }
}
