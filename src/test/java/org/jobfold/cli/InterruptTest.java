package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What signals do to a run: with real signals, and a look at every process there is. */
@Timeout(240)
class InterruptTest {
  /** Starts a grandchild in a session of its own, and a daemon that is nobody's child. */
  private static final String FAMILY =
      "setsid sh -c 'trap \"\" TERM; echo > ../began; sleep 1000; true' &"
          + " (sh -c 'trap \"\" TERM; echo > ../began; sleep 1000; true' &);";

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory).fifo("began");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aSignalAsksTheRunningFoldersToEnd(String signal, int code) {
    tree.folder(
            "a",
            "command: |",
            "  trap 'echo asked; exit 0' TERM",
            "  echo > ../began",
            "  while :; do sleep 0.1; done")
        .folder("b", "command: 'true'");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1, "--grace", "50s", "--json").start();
    tree.await("began", 1);
    long begin = System.nanoTime();
    run.signal(signal);
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(code);
    assertThat(run.survivors()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
    assertThat(tree.text("a/stdout")).isEqualTo("asked\n");
    assertThat(ended.err())
        .contains(
            "jobfold: SIG" + signal + ": ending the running folders",
            "2 folders: 0 succeeded, 0 failed, 1 interrupted, 1 not run; ",
            "incomplete: 1 folder interrupted, 1 not run; to go on: jobfold resume "
                + tree.root()
                + "\n")
        .doesNotContain("errors:");
    JsonNode json = ended.json();
    assertThat(json.get("exit").asInt()).isEqualTo(code);
    assertThat(json.get("errors")).isEmpty();
    assertThat(json.get("interrupted").get("/a").get("cause").asText()).isEqualTo("interrupted");
    assertThat(json.get("interrupted").get("/a").get("text").asText()).contains("SIG" + signal);
    Documented.in("run-json.md").covers(json);
  }

  @Test
  void whatDoesNotEndInTimeIsForced() {
    tree.folder("a", "command: trap '' TERM; " + FAMILY + " echo > ../began; sleep 1000; true");
    Cli.Started run = jobfold("run", tree.root(), "--grace", "300ms").start();
    tree.await("began", 3);
    assertThat(run.survivors()).hasSizeGreaterThanOrEqualTo(3);
    run.signal("INT");
    assertThat(run.end().code()).isEqualTo(130);
    assertThat(run.survivors()).isEmpty();
  }

  @Test
  void inABatchJobSeveralWarningsAreOne() {
    tree.fifo("gate");
    tree.folder(
        "a",
        "command: |",
        "  trap 'read x < ../gate; echo in order; exit 0' TERM",
        "  echo > ../began",
        "  while :; do sleep 0.1; done");
    Cli.Started run =
        jobfold("run", tree.root(), "--ranks", 1, "--grace", "200s")
            .with("SLURM_JOB_ID", "17")
            .start();
    tree.await("began", 1);
    run.signal("TERM");
    run.awaitErr("SIGTERM: ending the running folders");
    run.signal("TERM");
    run.signal("TERM");
    assertThat(jobfold("status", tree.root()).run().out()).contains("running");
    tree.release("gate");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(143);
    assertThat(tree.text("a/stdout")).isEqualTo("in order\n");
    assertThat(ended.err()).contains("1 interrupted").doesNotContain("forcing");
  }

  @Test
  void aSecondSignalForcesAtOnce() {
    tree.folder("a", "command: trap '' TERM; " + FAMILY + " echo > ../began; sleep 1000; true")
        .folder("b", "command: trap '' TERM; echo > ../began; sleep 1000; true");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 2, "--grace", "1h").start();
    tree.await("began", 4);
    run.signal("INT");
    run.awaitErr("SIGINT: ending the running folders; once more to force them");
    run.signal("INT");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(130);
    assertThat(ended.err()).contains("SIGINT again: forcing the running folders", "2 interrupted");
    assertThat(run.survivors()).isEmpty();
  }

  @Test
  void nothingOutlivesAJobfoldThatIsKilled() {
    tree.folder("a", "command: trap '' TERM; " + FAMILY + " echo > ../began; sleep 1000; true")
        .folder("b", "command: echo > ../began; sleep 1000; true");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 2).start();
    tree.await("began", 4);
    run.signal("KILL");
    assertThat(run.end().code()).isEqualTo(137);
    run.awaitNoSurvivors();
    tree.folder("a", "command: 'true'").folder("b", "command: 'true'");
    Cli.Ended again = jobfold("run", tree.root()).run();
    assertThat(again.code()).as(again.err()).isZero();
  }

  @Test
  void aSignalThatIsIgnoredStaysIgnored() {
    tree.folder("a", "command: echo > ../began; read x < ../go").fifo("go");
    Cli.Started run = jobfold("run", tree.root()).by("nohup").start();
    tree.await("began", 1);
    run.signal("HUP");
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void whatAFolderLeavesRunningIsEndedWhenItEnds() {
    tree.folder("a", "command: " + FAMILY + " read x < ../go", "timeout: 5m").fifo("go");
    Cli.Started run = jobfold("run", tree.root()).start();
    tree.await("began", 2);
    tree.release("go");
    assertThat(run.end().code()).isZero();
    assertThat(run.survivors()).isEmpty();
  }
}
