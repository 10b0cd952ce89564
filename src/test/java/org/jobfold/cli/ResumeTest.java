package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where the last one ended. {@code org.jobfold.crash} kills them at any moment. */
@Timeout(300)
class ResumeTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  /** The run that is killed with its guard leaves what ignores SIGTERM; the next one ends it. */
  @Test
  void whatIgnoresSigtermIsEndedBeforeItsFolderRunsAgain() {
    tree.folder(
            "a",
            "command: |",
            "  exec 9>lock; flock -n 9 || echo overlap >> seen",
            "  trap '' TERM",
            "  setsid sh -c 'trap \"\" TERM; echo > ../began; sleep 1000; true' &",
            "  test $(echo >> runs; wc -l < runs) = 1 || { kill -9 $!; exit 0; }",
            "  echo > ../began; sleep 1000; sleep 1000")
        .fifo("began");
    Cli.Started run = jobfold("run", tree.root(), "--grace", "200ms").start();
    tree.await("began", 2);
    run.killWithGuard();
    assertThat(run.end().code()).isEqualTo(137);
    assertThat(run.survivors()).as("the shell, its grandchild and their sleeps").isNotEmpty();
    Cli.Ended ended = jobfold("resume", tree.root()).run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "took the tree over from process " + run.pid(),
            " of folder '/a', left by an earlier run, was still running: ended");
    assertThat(run.survivors()).isEmpty();
    assertThat(tree.at("a/seen")).doesNotExist();
    assertThat(tree.text("a/runs")).isEqualTo("\n\n");
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
}
