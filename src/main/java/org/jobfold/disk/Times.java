package org.jobfold.disk;

import java.time.Instant;

/**
 * Reads times as {@link Instant#parse} does, much quicker where many are of the same second, as in
 * a journal. Not thread-safe.
 */
final class Times {
  private static final int TO_SECONDS = "2026-01-01T00:00:00".length();
  private static final int LONGEST_FRACTION = 9;

  private String known = "";
  private long second;

  /**
   * The time of a text.
   *
   * @throws java.time.DateTimeException if it is none
   */
  Instant parse(String text) {
    if (!known.isEmpty() && text.regionMatches(0, known, 0, TO_SECONDS)) {
      int nanos = nanos(text);
      if (nanos >= 0) {
        return Instant.ofEpochSecond(second, nanos);
      }
    }
    Instant time = Instant.parse(text);
    if (nanos(text) >= 0) {
      known = text.substring(0, TO_SECONDS);
      second = time.getEpochSecond();
    }
    return time;
  }

  /** What is after the seconds, if it is no more than a fraction and a {@code Z}; else -1. */
  private static int nanos(String text) {
    int end = text.length() - 1;
    if (end < TO_SECONDS || text.charAt(end) != 'Z') {
      return -1;
    }
    if (end == TO_SECONDS) {
      return 0;
    }
    int digits = end - TO_SECONDS - 1;
    if (text.charAt(TO_SECONDS) != '.' || digits < 1 || digits > LONGEST_FRACTION) {
      return -1;
    }
    int nanos = 0;
    for (int i = 0; i < LONGEST_FRACTION; i++) {
      char digit = i < digits ? text.charAt(TO_SECONDS + 1 + i) : '0';
      if (digit < '0' || digit > '9') {
        return -1;
      }
      nanos = 10 * nanos + (digit - '0');
    }
    return nanos;
  }
}
