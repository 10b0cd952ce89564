package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of processes when the JVM that started them is killed. */
@Timeout(120)
class GuardTest {
  private static final String TREE =
      """
      trap '' TERM
      echo $JOBFOLD_RUN > run
      env -i sleep 300 &
      sh -c 'sleep 300; :' &
      setsid sh -c '(setsid sh -c "sleep 300; :" &)'
      setsid sh -c 'trap "" TERM HUP; echo ready > ready; sleep 300; :' &
      wait
      """;

  private Path folder = Path.of("/");

  @BeforeEach
  void findFolder(@TempDir Path directory) throws IOException {
    folder = directory.toRealPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void nothingOutlivesKilledJvm(String kind) throws IOException, InterruptedException {
    Process jvm = ChildJvm.start(kind, folder, TREE);
    Await.text(folder.resolve("ready"));
    String run = Await.text(folder.resolve("run")).strip();
    assertThat(guardsOf(run)).isEqualTo(1);
    jvm.destroyForcibly().waitFor();
    Await.until("the guard is done", () -> guardsOf(run) == 0);
    LauncherContract.assertNoneIn(folder);
  }

  @Test
  void nothingOutlivesJvmThatExitsWithoutClosing() throws IOException, InterruptedException {
    Process jvm = ChildJvm.start("native", folder, TREE);
    Await.text(folder.resolve("ready"));
    String run = Await.text(folder.resolve("run")).strip();
    jvm.destroy();
    jvm.waitFor();
    Await.until("the guard is done", () -> guardsOf(run) == 0);
    LauncherContract.assertNoneIn(folder);
  }

  @Test
  void otherBatchJobsAreLeftAlone() throws IOException, InterruptedException {
    Process jvm = ChildJvm.start("native", folder, TREE);
    Await.text(folder.resolve("ready"));
    String run = Await.text(folder.resolve("run")).strip();
    ProcessBuilder other = new ProcessBuilder("setsid", "sleep", "300");
    other.environment().put("JOBFOLD_RUN", run);
    other.environment().put("SLURM_JOB_ID", "4711");
    Process sleep = other.start();
    jvm.destroyForcibly().waitFor();
    Await.until("the guard is done", () -> guardsOf(run) == 0);
    LauncherContract.assertNoneIn(folder);
    assertThat(sleep.isAlive()).isTrue();
    sleep.destroyForcibly().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void guardEndsWithItsLauncher(String kind) throws IOException, InterruptedException {
    Process jvm = ChildJvm.start(kind, folder, "echo $JOBFOLD_RUN > run; exit 7");
    assertThat(output(jvm)).startsWith("code 7 signal 0\n");
    assertThat(guardsOf(Await.text(folder.resolve("run")).strip())).isZero();
  }

  @Test
  void ignoredChildSignalDoesNotLoseExitCodes() throws IOException, InterruptedException {
    ProcessBuilder ignoring =
        new ProcessBuilder("/bin/sh", "-c", "trap '' CHLD; exec \"$@\"", "sh");
    ignoring.command().addAll(ChildJvm.command("native", folder, "exit 7"));
    assertThat(output(ignoring.start())).startsWith("code 7 signal 0\n");
  }

  @Test
  void namesAreExactWhateverTheLocale() throws IOException, InterruptedException {
    Path named = Files.createDirectory(folder.resolve("gr\u00f6\u00dfe"));
    ProcessBuilder ascii =
        new ProcessBuilder(
            ChildJvm.command(
                "native", folder, "printf '%s|%s|%s' \"$1\" \"$NAME\" \"${PWD##*/}\""));
    ascii.environment().put("LC_ALL", "C");
    assertThat(output(ascii.start())).startsWith("code 0 signal 0\n");
    assertThat(named.resolve("child.out"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo("gr\u00f6\u00dfe|gr\u00f6\u00dfe|gr\u00f6\u00dfe");
  }

  private static String output(Process jvm) throws IOException, InterruptedException {
    String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jvm.waitFor();
    return output;
  }

  private static long guardsOf(String run) {
    return ProcessTable.read().all().stream()
        .filter(entry -> Await.commandLine(entry.pid()).endsWith("jobfold-guard\0" + run + "\0"))
        .count();
  }
}
