package org.jobfold.launch;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of the system's process table.
 *
 * @param pid the process
 * @param parent its parent
 * @param group its process group
 * @param session its session
 * @param state one letter, as in {@code ps}
 * @param start when it started, in ticks since the system did; with the pid it tells a process from
 *     any other
 */
record ProcessEntry(int pid, int parent, int group, int session, char state, long start) {
  private static final int START = 19;

  /** Reads {@code /proc/PID/stat}; empty if it is not one. */
  static Optional<ProcessEntry> parse(byte[] stat) {
    String text = new String(stat, StandardCharsets.ISO_8859_1);
    int name = text.indexOf(" (");
    int rest = text.lastIndexOf(") ");
    if (name < 0 || rest < name) {
      return Optional.empty();
    }
    String[] fields = text.substring(rest + 2).split(" ", START + 2);
    if (fields.length < START + 2) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessEntry(
            Integer.parseInt(text, 0, name, 10),
            Integer.parseInt(fields[1]),
            Integer.parseInt(fields[2]),
            Integer.parseInt(fields[3]),
            fields[0].charAt(0),
            Long.parseLong(fields[START])));
  }

  /** It has ended and waits for its parent to take notice. */
  boolean isZombie() {
    return state == 'Z' || state == 'X';
  }

  /** It was stopped by a signal and goes on with another. */
  boolean isStopped() {
    return state == 'T';
  }

  /** Whether this is the same process at another time. */
  boolean isSame(ProcessEntry other) {
    return pid == other.pid && start == other.start;
  }
}
