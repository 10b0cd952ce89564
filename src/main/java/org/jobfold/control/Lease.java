package org.jobfold.control;

import java.time.Duration;

/**
 * How two ends of a connection know that the other one lives.
 *
 * @param beat how often a sign of life is sent
 * @param silence after how long without one the other end is given up
 */
public record Lease(Duration beat, Duration silence) {
  /** A beat each second, given up after four. */
  public static final Lease DEFAULT = new Lease(Duration.ofSeconds(1), Duration.ofSeconds(4));

  /** Refuses what is not positive, and a silence that a single late beat would break. */
  public Lease {
    if (beat.isNegative() || beat.isZero()) {
      throw new IllegalArgumentException("a beat of '" + beat + "' is none: it must be positive");
    }
    if (silence.compareTo(beat.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "a silence of '"
              + silence
              + "' is too short for a beat of '"
              + beat
              + "': twice at least");
    }
  }
}
