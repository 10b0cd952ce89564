package org.jobfold.trial;

import java.time.Duration;
import java.time.Instant;

/**
 * When a process ran and what it used, with the children that it waited for.
 *
 * @param started wall-clock time of its start
 * @param elapsed from its start to its end, by a monotonic clock
 * @param user CPU time in user mode; zero where it is not known
 * @param system CPU time in the kernel; zero where it is not known
 * @param peakBytes the largest resident set of one process, in bytes; 0 where it is not known
 */
public record Usage(
    Instant started, Duration elapsed, Duration user, Duration system, long peakBytes) {
  /** Nothing ran. */
  public static Usage none(Instant at) {
    return new Usage(at, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }

  /** Wall-clock time of the end. */
  public Instant ended() {
    return started.plus(elapsed);
  }

  /** CPU time in both modes. */
  public Duration cpu() {
    return user.plus(system);
  }

  /** This and what came after it, as one: a trial of several steps. */
  public Usage and(Usage later) {
    return new Usage(
        started,
        Duration.between(started, later.ended()),
        user.plus(later.user),
        system.plus(later.system),
        Math.max(peakBytes, later.peakBytes));
  }
}
