package org.jobfold.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SystemCommandsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Commands commands = new SystemCommands();

  @Test
  void givesAllThatACommandPrintsAndItsExitCode() {
    assertThat(run("head -c 300000 /dev/zero | tr '\\0' x; echo wrong >&2; exit 3", LONG))
        .isEqualTo(new Commands.Ended(3, "x".repeat(300_000), "wrong\n"));
  }

  @Test
  void whatACommandLeavesBehindHoldsNothingUp(@TempDir Path directory) {
    Path pid = directory.resolve("pid");
    Commands.Said said = run("sleep 1000 & echo $! > '" + pid + "'; echo done", LONG);
    assertThat(said).isEqualTo(new Commands.Ended(0, "done\n", ""));
    assertThat(run("kill $(cat '" + pid + "')", LONG)).isEqualTo(new Commands.Ended(0, "", ""));
  }

  @Test
  void oneThatTakesTooLongIsEnded() {
    Duration limit = Duration.ofMillis(200);
    assertThat(run("exec sleep 1000", limit)).isEqualTo(new Commands.TimedOut(limit));
  }

  @Test
  void oneThatIsNotThereIsNotStarted() {
    assertThat(commands.run(List.of("no-such-program"), LONG).trouble())
        .contains("there is no program 'no-such-program' here");
  }

  @Test
  void nothingIsLeftOfTheOutputOfOneThatRunsWhenThisIsKilled(@TempDir Path temporary)
      throws Exception {
    Process fifos = new ProcessBuilder("mkfifo", temporary + "/began", temporary + "/go").start();
    assertThat(fifos.waitFor()).isZero();
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                "cd '" + temporary + "'; echo > began; read x < go")
            .inheritIO()
            .start();
    assertThat(Files.readAllLines(temporary.resolve("began"))).containsExactly("");
    while (!names(temporary).equals(Set.of("began", "go"))) {
      Thread.onSpinWait();
    }
    assertThat(killed.destroyForcibly().waitFor()).isEqualTo(128 + 9);
    Files.writeString(temporary.resolve("go"), "\n");
    assertThat(names(temporary)).containsExactlyInAnyOrder("began", "go");
  }

  /** Runs a line of a shell. */
  static final class Program {
    private Program() {}

    public static void main(String[] line) {
      new SystemCommands().run(List.of("/bin/sh", "-c", line[0]), LONG);
    }
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("hsperfdata"))
          .collect(Collectors.toSet());
    }
  }

  private Commands.Said run(String line, Duration limit) {
    return commands.run(List.of("/bin/sh", "-c", line), limit);
  }
}
