package org.jobfold.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.launch.Leftovers.Leftover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose parent has ended, as those of a run that was killed with its guard. */
@Timeout(120)
class LeftoversTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String SLEEP = "exec sleep 300";

  private final List<Integer> started = new ArrayList<>();
  private Path root = Path.of("/");

  @BeforeEach
  void findRoot(@TempDir Path directory) throws IOException {
    root = directory.toRealPath();
    // While a launcher of an earlier test is open, this JVM is the parent of all orphans.
    Await.until("orphans are not ours", LeftoversTest::orphansAreNotOurs);
  }

  private static boolean orphansAreNotOurs() {
    try {
      Process shell = new ProcessBuilder("sh", "-c", "sleep 60 >&2 & echo $!").start();
      String pid = new String(shell.getInputStream().readAllBytes(), UTF_8).strip();
      shell.waitFor();
      ProcessHandle orphan = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      boolean isOurs = orphan.parent().equals(Optional.of(ProcessHandle.current()));
      orphan.destroyForcibly();
      return !isOurs;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void endAll() {
    started.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Test
  void markedProcessesOfTheTreeAreFoundAndEnded() throws Exception {
    int one = orphan("one", marked("/si/a5.43"), SLEEP);
    int two = orphan("two", Map.of("JOBFOLD_ROOT", root.toString(), "JOBFOLD_PROCESS", "x"), SLEEP);
    Leftovers leftovers = Leftovers.find(root);
    assertThat(leftovers.list())
        .extracting(Leftover::pid, Leftover::folder)
        .containsExactlyInAnyOrder(tuple((long) one, "/si/a5.43"), tuple((long) two, ""));
    assertThat(leftovers.list().get(0).started().orElseThrow())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(5));
    Leftovers.Report report = leftovers.end(GRACE);
    assertThat(report.ended()).extracting(Leftover::pid).contains((long) one, (long) two);
    assertThat(report.left()).isEmpty();
    assertThat(Await.isAlive(one) || Await.isAlive(two)).isFalse();
    assertThat(Leftovers.find(root).list()).isEmpty();
  }

  @Test
  void whatTheyStartedIsFoundEvenIfItHidesItsMark() throws Exception {
    int leader =
        orphan(
            "leader",
            marked("/a"),
            """
            env -i sh -c 'echo $$ > hidden; sleep 300; :' &
            setsid sh -c 'echo $$ > apart; sleep 300; :' &
            env -i setsid sh -c 'echo $$ > hidden-apart; sleep 300; :' &
            wait
            """);
    List<Long> pids = List.of((long) leader, pid("hidden"), pid("apart"), pid("hidden-apart"));
    assertThat(Leftovers.find(root).list()).extracting(Leftover::pid).containsAll(pids);
    assertThat(Leftovers.find(root).end(GRACE).left()).isEmpty();
    assertThat(pids).noneMatch(pid -> Await.isAlive(pid.intValue()));
  }

  @Test
  void membersOfASessionThatLostItsLeaderAreFound() throws Exception {
    int leader =
        orphan(
            "leader",
            marked("/a"),
            """
        sh -c 'echo $$ > member; sleep 300; :' &
        until [ -s member ]; do :; done
        (env -i sh -c 'echo $$ > hidden; sleep 300; :' &)
        until [ -s hidden ]; do :; done
        """);
    long hidden = pid("hidden");
    Await.until("the leader has ended", () -> !Await.isAlive(leader));
    assertThat(Leftovers.find(root).list())
        .extracting(Leftover::pid)
        .contains(hidden, pid("member"));
    assertThat(Leftovers.find(root).end(GRACE).left()).isEmpty();
    assertThat(Await.isAlive((int) hidden)).isFalse();
  }

  @Test
  void whoDoesNotListenIsForced() throws Exception {
    int deaf = orphan("deaf", marked("/a"), "trap '' TERM\nwhile :; do sleep 300; done");
    Leftovers.Report report = Leftovers.find(root).end(Duration.ofMillis(200));
    assertThat(report.ended()).extracting(Leftover::pid).contains((long) deaf);
    assertThat(report.left()).isEmpty();
    assertThat(Await.isAlive(deaf)).isFalse();
  }

  @Test
  void whoListensMayTidyUp() throws Exception {
    orphan(
        "tidy",
        marked("/a"),
        "trap 'echo done > tidied; exit' TERM\necho > trapped\nsleep 300 & wait");
    Await.text(root.resolve("trapped"));
    assertThat(Leftovers.find(root).end(GRACE).left()).isEmpty();
    assertThat(root.resolve("tidied")).hasContent("done");
  }

  @Test
  void othersAreLeftAlone() throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    String tree = root.toString();
    List<Integer> strangers =
        List.of(
            orphan("no-mark", Map.of("JOBFOLD_ROOT", tree), SLEEP),
            orphan("no-root", Map.of("JOBFOLD_RUN", "x"), SLEEP),
            orphan(
                "other-root", Map.of("JOBFOLD_ROOT", other.toString(), "JOBFOLD_RUN", "x"), SLEEP),
            orphan(
                "other-batch-job",
                Map.of("JOBFOLD_ROOT", tree, "JOBFOLD_RUN", "x", "SLURM_JOB_ID", "4711"),
                SLEEP));
    ProcessBuilder builder = new ProcessBuilder("sleep", "300");
    builder.environment().putAll(marked("/a"));
    Process child = builder.start();
    try {
      assertThat(Leftovers.find(root).list()).isEmpty();
      assertThat(Leftovers.find(root).end(GRACE))
          .isEqualTo(new Leftovers.Report(List.of(), List.of()));
      assertThat(strangers).allMatch(Await::isAlive);
      assertThat(child.isAlive()).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aTreeIsTheSameByWhateverPath() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), root);
    int one = orphan("one", Map.of("JOBFOLD_ROOT", link.toString(), "JOBFOLD_RUN", "x"), SLEEP);
    assertThat(Leftovers.find(root).list()).extracting(Leftover::pid).containsExactly((long) one);
  }

  private Map<String, String> marked(String folder) {
    return Map.of(
        "JOBFOLD_ROOT", root.toString(), "JOBFOLD_FOLDER", folder, "JOBFOLD_RUN", "earlier");
  }

  /** Starts a process in a session of its own whose parent ends; gives its id. */
  private int orphan(String name, Map<String, String> variables, String script)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", "-c", "setsid sh -c \"$1\" &", "sh", "echo $$ > " + name + "\n" + script);
    builder.directory(root.toFile());
    builder.environment().remove("SLURM_JOB_ID");
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.start().waitFor();
    int pid = Await.pid(root.resolve(name));
    started.add(pid);
    if (script.equals(SLEEP)) {
      // While a program takes the place of another, it has no environment that could be read.
      Await.until("it sleeps", () -> Await.commandLine(pid).startsWith("sleep"));
    }
    return pid;
  }

  private long pid(String name) {
    long pid = Await.pid(root.resolve(name));
    started.add((int) pid);
    return pid;
  }
}
