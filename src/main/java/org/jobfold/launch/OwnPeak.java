package org.jobfold.launch;

/**
 * Tells the peak memory of a process from that of this JVM.
 *
 * <p>Until a new process executes its program it borrows the memory of this JVM, and Linux counts
 * that in its peak. So a peak is known only if it is above this JVM's own.
 */
final class OwnPeak {
  private static final long UNIT = 1024;

  /** The system counts memory in batches; what is so near is the same. */
  private static final double INACCURACY = 1.05;

  /** Offset in the memory handed in, after what is in it of the process. */
  private static final int USAGE = 512;

  private static volatile long lastSeen;

  private OwnPeak() {}

  /**
   * The peak of a process in bytes, or 0 where this JVM's hides it.
   *
   * @param peak what the system says, KiB
   */
  static long above(long peak, Memory memory) {
    if (peak > lastSeen) {
      LibC.getrusage(LibC.RUSAGE_SELF, memory.at(USAGE));
      lastSeen = (long) (INACCURACY * memory.getLong(USAGE + 32));
    }
    return peak > lastSeen ? peak * UNIT : 0;
  }
}
