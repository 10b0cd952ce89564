package org.jobfold.launch;

/**
 * Makes this JVM adopt its orphaned descendants for as long as a native launcher is open. It counts
 * for the whole JVM, so also for orphans of what other code starts: they stay as zombies that it
 * would not have had.
 */
final class Subreaper {
  private static int launchers;

  private Subreaper() {}

  /** A launcher opens. */
  static synchronized void open() {
    if (launchers++ == 0) {
      LibC.prctl(LibC.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }
  }

  /** A launcher has closed, and nothing of it is left. */
  static synchronized void close() {
    if (--launchers == 0) {
      LibC.prctl(LibC.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    }
  }
}
