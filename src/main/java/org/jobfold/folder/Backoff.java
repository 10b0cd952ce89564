package org.jobfold.folder;

import java.time.Duration;

/**
 * How long a folder waits before its next trial, and how that grows.
 *
 * @param delay before the first trial again; zero: at once
 * @param factor each further delay is so many times the one before, at least 1
 * @param max no delay is longer; not shorter than {@code delay}
 */
public record Backoff(Duration delay, double factor, Duration max) {
  /** At once, each time. */
  public static final Backoff NONE = always(Duration.ZERO);

  /** Refuses delays that are negative or shrink. */
  public Backoff {
    if (delay.isNegative() || max.compareTo(delay) < 0) {
      throw new IllegalArgumentException(
          "the delay is " + delay + " and at most " + max + ": it must be from 0 to that");
    }
    if (!(factor >= 1)) {
      throw new IllegalArgumentException("the backoff is " + factor + ": it must be at least 1");
    }
  }

  /** The same delay each time. */
  public static Backoff always(Duration delay) {
    return new Backoff(delay, 1, delay);
  }

  /** The delay after so many failures, at least 1. */
  public Duration after(int failures) {
    Duration grown = Durations.times(delay, Math.pow(factor, failures - 1.0));
    return grown.compareTo(max) < 0 ? grown : max;
  }
}
