package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jobfold.spi.Force;
import org.junit.jupiter.api.Test;

/** The native launcher, and what only it can do. */
class NativeLauncherTest extends LauncherContract {
  @Override
  Launcher open(LauncherSettings settings) throws IOException {
    return new NativeLauncher(settings);
  }

  @Test
  void cpuTimeIsMeasured() throws IOException {
    Exit exit = start("i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done").waitFor();
    assertThat(exit.usage().cpu()).isBetween(Duration.ofMillis(10), Duration.ofSeconds(30));
    assertThat(exit.usage().user()).isPositive();
  }

  @Test
  void peakMemoryAboveThatOfThisJvmIsKnown() throws IOException {
    Exit exit = start("dd if=/dev/zero of=/dev/null bs=700M count=1").waitFor();
    assertThat(exit.usage().peakBytes()).isBetween(730_000_000L, 900_000_000L);
  }

  @Test
  void peakMemoryBelowThatOfThisJvmIsNotKnown() throws IOException {
    assertThat(start("true").waitFor().usage().peakBytes()).isZero();
  }

  @Test
  void exitCodeAbove128IsNotTakenForSignal() throws IOException {
    Exit exit = start("exit 137").waitFor();
    assertThat(exit.code()).isEqualTo(137);
    assertThat(exit.signal()).isZero();
  }

  @Test
  void orphansAreReapedWhileTheirProcessRuns() throws IOException {
    Running running =
        start(
            "i=0; while [ $i -lt 50 ]; do (true &); i=$((i + 1)); done; echo x > begun;"
                + waitFor("stop"));
    CompletableFuture<Exit> exit = CompletableFuture.supplyAsync(running::waitFor);
    Await.text(folder.resolve("begun"));
    Await.until("all orphans are reaped", () -> zombiesOf(running) == 0);
    Files.writeString(folder.resolve("stop"), "now\n");
    assertThat(exit.join().code()).isZero();
  }

  @Test
  void daemonWithoutEnvironmentIsEnded() throws IOException {
    Running running =
        start(
            "env -i setsid sh -c '(sh -c \"echo \\$\\$ > pid; exec sleep 300\" &)'; "
                + waitFor("pid"));
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void daemonWithoutEnvironmentIsEndedWhenNoOtherProcessRuns() throws IOException {
    ProcessSpec longer =
        new ProcessSpec(
            List.of("sh", "-c", waitFor("stop")),
            folder,
            Map.of(),
            Optional.empty(),
            Path.of("longer.out"),
            Path.of("longer.err"));
    Running other = launcher.start(longer);
    assertSucceeds(
        start(
            "env -i setsid sh -c '(sh -c \"echo \\$\\$ > pid; exec sleep 300\" &)'; "
                + waitFor("pid")));
    int pid = Await.pid(folder.resolve("pid"));
    assertThat(Await.isAlive(pid)).as("it may be the other's").isTrue();
    Files.writeString(folder.resolve("stop"), "now\n");
    assertSucceeds(other);
    assertThat(Await.isAlive(pid)).isFalse();
  }

  @Test
  void innerLauncherCanBeEndedFromOutside() throws IOException {
    Running running =
        start(ChildJvm.command("native", folder, "setsid sleep 300 & echo $$ > pid; sleep 300"));
    int pid = Await.pid(folder.resolve("pid"));
    running.end(Force.KILL);
    running.waitFor();
    assertThat(Await.isAlive(pid)).isFalse();
    assertNoneIn(folder);
  }

  private Running start(List<String> argv) throws IOException {
    return launcher.start(spec(argv, Map.of()));
  }

  private static long zombiesOf(Running running) {
    return ProcessTable.read().all().stream()
        .filter(entry -> entry.session() == running.pid() && entry.isZombie())
        .count();
  }
}
