package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  void peakMemoryIsKnownIfItIsAboveThatOfTheJvm() throws IOException {
    assertThat(peak("dd if=/dev/zero of=/dev/null bs=500M count=1"))
        .isBetween(520_000_000L, 600_000_000L);
  }

  @Test
  void peakMemoryIsNotKnownIfItIsBelowThatOfTheJvm() throws IOException {
    assertThat(peak("true")).isZero();
  }

  /** Measured in a JVM that is small, which this one may not be. */
  private long peak(String script) throws IOException {
    Process jvm = ChildJvm.start("native", folder, script);
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(output.lines().skip(1).findFirst().orElseThrow().substring(5));
  }

  @Test
  void orphansAreAdoptedOnlyWhileLauncherIsOpen() throws IOException, InterruptedException {
    int self = (int) ProcessHandle.current().pid();
    assertThat(parentOfOrphan("one")).isEqualTo(self);
    launcher.close();
    assertThat(parentOfOrphan("two")).isNotEqualTo(self);
  }

  /** Who adopts an orphan that other code of this JVM left. */
  private int parentOfOrphan(String name) throws IOException, InterruptedException {
    Path pid = folder.resolve(name);
    new ProcessBuilder("/bin/sh", "-c", "sleep 300 & echo $! > " + pid).start().waitFor();
    ProcessEntry orphan = ProcessTable.entry(Await.pid(pid)).orElseThrow();
    ProcessHandle.of(orphan.pid()).ifPresent(ProcessHandle::destroyForcibly);
    return orphan.parent();
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
