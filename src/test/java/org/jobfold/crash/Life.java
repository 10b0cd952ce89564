package org.jobfold.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** One life of jobfold: a process of its own, from its start to its end, whatever ends it. */
final class Life {
  private static final long PATIENCE_SECONDS = 120;

  private final int number;
  private final Path work;
  private final long born = System.nanoTime();
  private final Process process;
  private OptionalInt guard = OptionalInt.empty();

  private Life(int number, Path work, Process process) {
    this.number = number;
    this.work = work;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param number counted from 1; in the environment of all that it starts
   */
  static Life start(int number, Ground ground, List<String> arguments) throws IOException {
    Path work = ground.work();
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "org.jobfold.Main"));
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("JOBFOLD_"));
    builder.environment().put("CRASH_WORK", work.toString());
    builder.environment().put("CRASH_LIFE", Integer.toString(number));
    builder.redirectOutput(work.resolve("life-" + number + ".out").toFile());
    builder.redirectError(work.resolve("life-" + number + ".err").toFile());
    return new Life(number, work, builder.start());
  }

  int number() {
    return number;
  }

  /** When it was started, by {@link System#nanoTime}. */
  long born() {
    return born;
  }

  /** Nanoseconds since its start. */
  long age() {
    return System.nanoTime() - born;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Looks for its guard, if it is not found yet. */
  void findGuard() {
    if (guard.isEmpty()) {
      guard =
          Processes.children(process.pid()).stream()
              .filter(pid -> Processes.commandLine(pid).contains("\0jobfold-guard\0"))
              .mapToInt(pid -> pid)
              .findFirst();
    }
  }

  /** Strikes it. False if it had ended by itself. */
  boolean struck(Blow blow) {
    if (!process.isAlive()) {
      return false;
    }
    if (blow.hitsGuard()) {
      guard.ifPresent(pid -> Processes.signal(pid, Blow.KILL.signal()));
    }
    return Processes.signal(Math.toIntExact(process.pid()), blow.signal());
  }

  /** Waits for its end; gives its exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("life " + number + " did not end");
    }
    return process.exitValue();
  }

  /** The same, but not for longer than this. */
  void await(long nanoseconds) throws InterruptedException {
    process.waitFor(nanoseconds, TimeUnit.NANOSECONDS);
  }

  /** What it wrote to standard output. */
  String out() throws IOException {
    return Files.readString(work.resolve("life-" + number + ".out"));
  }

  /** What it said on standard error. */
  String err() throws IOException {
    return Files.readString(work.resolve("life-" + number + ".err"));
  }

  /** The processes that live and were started by it, at whatever remove, and its guard. */
  List<Integer> survivors() {
    return Processes.withEnvironment("CRASH_LIFE=" + number, "CRASH_WORK=" + work);
  }
}
