package org.jobfold.disk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Clock;

/**
 * A program for tests that need several JVMs: for each line it reads, the directory of a tree's
 * state, it tries to take the lock there, and says {@code taken} or {@code refused}. An empty line
 * gives it free.
 */
final class LockContender {
  private LockContender() {}

  static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LockContender.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Optional<RunLock> lock = Optional.empty();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        lock.ifPresent(RunLock::close);
        lock = Optional.empty();
        System.out.println("free");
      } else {
        lock = take(Path.of(line));
        System.out.println(lock.isPresent() ? "taken" : "refused");
      }
    }
  }

  private static Optional<RunLock> take(Path directory) throws InterruptedException {
    LockFiles files = new LockFiles(directory, Files::createLink);
    try {
      return Optional.of(
          new LockTaking(files, RunLock.LEASE, new Time(), LockContender::never, note -> {})
              .take(RunLock.BreakLock.NO));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static void never(Duration time) {
    throw new AssertionError("nothing is to be watched");
  }

  private static final class Time implements Clock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Duration elapsed() {
      return Duration.ofNanos(System.nanoTime());
    }
  }
}
