package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Tells the peak memory of a process from that of this JVM.
 *
 * <p>Until a new process executes its program it borrows the memory of this JVM, and Linux counts
 * that in its peak. So a peak is known only if it is above this JVM's own.
 */
final class OwnPeak {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final long UNIT = 1024;

  /** The system counts memory in batches; what is so near is the same. */
  private static final double INACCURACY = 1.05;

  private static volatile long lastSeen;

  private OwnPeak() {}

  /**
   * The peak of a process in bytes, or 0 where this JVM's hides it.
   *
   * @param peak what the system says, KiB
   */
  static long above(long peak) {
    if (peak > lastSeen) {
      lastSeen = (long) (INACCURACY * own());
    }
    return peak > lastSeen ? peak * UNIT : 0;
  }

  /**
   * In KiB. Not from {@code getrusage}, which has the peak of what started this JVM in it, for the
   * same reason.
   */
  private static long own() {
    try {
      List<String> lines = Files.readAllLines(STATUS);
      return lines.stream()
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Long.MAX_VALUE / 2);
    } catch (IOException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
