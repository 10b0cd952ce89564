package org.jobfold.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, for so long that only an error takes longer. */
final class Await {
  private static final Duration LONG = Duration.ofSeconds(30);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + LONG.toSeconds() + " s in vain until " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting until " + what, e);
      }
    }
  }

  /** The whole text of a file once it ends with a line feed. */
  static String text(Path file) {
    until("there is text in " + file, () -> read(file).endsWith("\n"));
    return read(file);
  }

  /** The process id that a program has written to a file. */
  static int pid(Path file) {
    return Integer.parseInt(text(file).strip());
  }

  static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The arguments of a process, each followed by a zero byte; empty if there is none. */
  static String commandLine(int pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a process runs: a zombie does not. */
  static boolean isAlive(int pid) {
    return ProcessTable.entry(pid).filter(entry -> !entry.isZombie()).isPresent();
  }
}
