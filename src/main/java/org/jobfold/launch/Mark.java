package org.jobfold.launch;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How the descendants of a launcher's processes are told from others: by two variables that a
 * process hands on to its children.
 *
 * <p>{@code JOBFOLD_RUN} is the launcher's own. {@code JOBFOLD_PROCESS} is a chain of {@code
 * launcher/number;}, one link for each launcher inside another, so that an outer one knows what an
 * inner one started.
 */
final class Mark {
  static final String RUN = "JOBFOLD_RUN";
  static final String PROCESS = "JOBFOLD_PROCESS";

  private final String run = UUID.randomUUID().toString();
  private final byte[] runBytes = run.getBytes(StandardCharsets.US_ASCII);
  private final String outer;

  /**
   * Makes a new one.
   *
   * @param outer the chain that this JVM was started with, or empty
   */
  Mark(String outer) {
    this.outer = outer;
  }

  /** The value of {@code JOBFOLD_RUN}. */
  String run() {
    return run;
  }

  /** The value of {@code JOBFOLD_PROCESS} for one process. */
  String chain(long number) {
    return outer + link(number);
  }

  /** Whether an environment is one of this launcher's processes or their descendants. */
  boolean isOn(byte[] environment) {
    return contains(environment, runBytes);
  }

  /** Whether an environment is the one process's or one of its descendants'. */
  boolean isOn(byte[] environment, long number) {
    return contains(environment, link(number).getBytes(StandardCharsets.US_ASCII));
  }

  private String link(long number) {
    return run + "/" + number + ";";
  }

  /** Whether the bytes of one array are somewhere in another, in order. */
  static boolean contains(byte[] all, byte[] part) {
    int last = all.length - part.length;
    for (int start = 0; start <= last; start++) {
      int i = 0;
      while (i < part.length && all[start + i] == part[i]) {
        i++;
      }
      if (i == part.length) {
        return true;
      }
    }
    return false;
  }
}
