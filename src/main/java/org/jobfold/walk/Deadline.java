package org.jobfold.walk;

import java.time.Duration;
import java.util.Optional;

/**
 * The end of the allocation: when the ranks will be gone. Times are by the clock that never goes
 * back.
 *
 * @param end when they are gone
 * @param margin so long before, what still runs is asked to end; not negative
 * @param warning what running folders are told before
 * @param reason for people; kept with each folder that is interrupted
 */
public record Deadline(Duration end, Duration margin, Optional<Warning> warning, String reason) {
  /**
   * A signal before the end.
   *
   * @param before how long before the end; more than the margin
   * @param signal its number
   */
  public record Warning(Duration before, int signal) {}

  /** Refuses a negative margin, and a warning that comes too late to be of use. */
  public Deadline {
    if (margin.isNegative()) {
      throw new IllegalArgumentException("the margin is " + margin + ": it can not be negative");
    }
    if (warning.isPresent() && warning.get().before().compareTo(margin) <= 0) {
      throw new IllegalArgumentException(
          "the warning comes "
              + warning.get().before()
              + " before the end, and running folders are ended "
              + margin
              + " before: warn earlier");
    }
  }

  /** When what still runs is asked to end. */
  Duration last() {
    return end.minus(margin);
  }

  /** When running folders are warned, if they are. */
  Optional<Duration> warnAt() {
    return warning.map(w -> end.minus(w.before()));
  }
}
