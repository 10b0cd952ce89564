package org.jobfold.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.jobfold.trial.Cause;

/**
 * What has become of a vertex.
 *
 * @param id which
 * @param status in one word
 * @param cause why it is not good; absent if it is
 * @param reason for people: why it was skipped, or the cause; empty for one that just succeeded
 * @param trials how often it was started
 * @param slot of its last trial; absent if it was never started
 * @param started wall-clock time of the start of its last trial; the epoch if it was never started
 * @param elapsed how long that took, by a clock that never goes back
 * @param origins of one that is blocked, those before it that failed themselves; else none. Can not
 *     be changed
 * @param thread what became of the thread of its last trial
 * @param <K> the ids
 */
public record JobResult<K extends Comparable<K>>(
    K id,
    JobStatus status,
    Optional<Cause> cause,
    String reason,
    int trials,
    OptionalInt slot,
    Instant started,
    Duration elapsed,
    SortedSet<K> origins,
    JobThread thread) {
  /** What becomes of a thread that a job runs on. */
  public enum JobThread {
    /** It came back, or there was none. */
    RETURNED,
    /**
     * It did not end when it was interrupted, and was given up. Its slot is not used while it runs.
     */
    GIVEN_UP
  }
}
