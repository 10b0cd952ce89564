package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Allocations that end before the work does. */
@Timeout(300)
class EndTest {
  private static final ZonedDateTime NOON = ZonedDateTime.parse("2026-11-21T12:00:00+01:00");
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "8h, 2026-11-21T19:00:00Z",
    "1d12h, 2026-11-22T23:00:00Z",
    "20:00, 2026-11-21T19:00:00Z",
    "9:30, 2026-11-22T08:30:00Z",
    "12:00, 2026-11-22T11:00:00Z",
    "20:00:30, 2026-11-21T19:00:30Z",
    "2026-11-22T06:00, 2026-11-22T05:00:00Z",
    "2026-11-22 06:00:01, 2026-11-22T05:00:01Z",
    "2026-11-22T06:00Z, 2026-11-22T06:00:00Z",
    "2026-11-22T06:00+05:30, 2026-11-22T00:30:00Z",
  })
  void anEndIsATimeOrADuration(String text, String instant) {
    assertThat(EndTime.parse(text).saidAt(NOON)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "25:00", "20:61", "tomorrow", "2026-13-01T00:00", "-1h"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> EndTime.parse(text)).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void aSignalHasANameOrANumber() {
    assertThat(SignalBefore.parse("5m:USR2"))
        .isEqualTo(new SignalBefore(Duration.ofMinutes(5), 12));
    assertThat(SignalBefore.parse("90s:sigterm"))
        .isEqualTo(new SignalBefore(Duration.ofSeconds(90), 15));
    assertThat(SignalBefore.parse("90s:34"))
        .isEqualTo(new SignalBefore(Duration.ofSeconds(90), 34));
    assertThat(SignalBefore.parse("1h")).isEqualTo(new SignalBefore(Duration.ofHours(1), 10));
    for (String wrong : new String[] {"5m:NOISE", "5m:0", "5m:65", "USR1", ":USR1", "5:USR1"}) {
      assertThatThrownBy(() -> SignalBefore.parse(wrong))
          .isInstanceOf(TypeConversionException.class);
    }
  }

  @Test
  void runningFoldersAreWarnedAndThenInterruptedAndResumeGoesOn() {
    tree.folder("a", "command: echo quick")
        .folder(
            "b",
            "command: |",
            "  test -e saved && exit 0",
            "  trap 'echo > saved; echo > ../told' USR1",
            "  echo > ../began",
            "  while :; do sleep 0.05; done")
        .folder("c", "command: 'true'", "timeout: 1h")
        .fifo("began")
        .fifo("told");
    Cli.Started run =
        jobfold(
                "run",
                tree.root(),
                "--ranks",
                1,
                "--end",
                "6s",
                "--margin",
                "2s",
                "--signal-before",
                "3s:USR1",
                "--json")
            .start();
    tree.await("began", 1);
    tree.await("told", 1);
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains(
            "the allocation ends at ",
            "what still runs is ended 2s before, and gets signal 10 (USR1) 3s before",
            "told 1 running folder by signal 10 (USR1) that the time is running out",
            "/b: trial 1 interrupted: the allocation ends at ",
            "incomplete: 1 folder interrupted, 1 not run; to go on: jobfold resume ");
    assertThat(ended.json().get("interrupted").get("/b").get("cause").asText())
        .isEqualTo("interrupted");
    assertThat(run.survivors()).isEmpty();

    Cli.Ended resumed = jobfold("resume", tree.root()).run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("1 folder done before, 2 left", "3 folders: 3 succeeded");
  }

  @Test
  void whenNothingFitsAnyMoreTheRunEndsEarly() {
    tree.folder("a", "command: 'true'").folder("b", "command: 'true'", "timeout: 1h");
    Cli.Ended ended = jobfold("run", tree.root(), "--end", "30m").run();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err())
        .contains("1 folder waits, and can not end in the time left: nothing more is started")
        .contains("incomplete: 1 not run; to go on: jobfold resume ");
  }

  @Test
  void anEndThatLeavesNoTimeIsRefused() {
    tree.folder("a", "command: 'true'");
    Cli.Ended ended = jobfold("run", tree.root(), "--end", "20s").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--end: it is in ", "what runs is ended 30s before", "smaller '--margin'");
    ended = jobfold("run", tree.root(), "--end", "1h", "--signal-before", "10s").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--signal-before: the signal would come 10s before the end", "give it more time");
    assertThat(tree.all()).containsExactly("", "a", "a/job.yaml");
  }

  @Test
  void adoptWaitsForWhatALostRunHasLeft() {
    tree.folder("a", "command: test -e ran && exit; touch ran; echo > ../began; read x < ../go")
        .fifo("began")
        .fifo("go");
    Cli.Started run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    Cli.Shell.run("kill -KILL $(pgrep -P \"$1\" -f jobfold-guard) \"$1\"", run.pid());
    run.end();
    Cli.Started resumed = jobfold("resume", tree.root(), "--adopt").start();
    resumed.awaitErr("left by an earlier run, is still running: waiting for it");
    tree.release("go");
    Cli.Ended ended = resumed.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).doesNotContain("was still running: ended");
    assertThat(tree.text("a/stdout")).isEmpty();
    assertThat(run.survivors()).isEmpty();
  }
}
