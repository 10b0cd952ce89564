package org.jobfold.walk;

import java.time.Duration;
import java.util.Optional;
import org.jobfold.retry.RetryRule;

/**
 * The rules of a run.
 *
 * @param sharing how the ranks are shared out
 * @param retry what happens after a failed trial
 * @param grace how long a trial that was asked to end may take before it is forced
 * @param deadline when the ranks will be gone; absent if that is not known
 */
public record WalkRules(
    Sharing sharing, RetryRule retry, Duration grace, Optional<Deadline> deadline) {
  /** Rules for ranks that are there for as long as they are wanted. */
  public WalkRules(Sharing sharing, RetryRule retry, Duration grace) {
    this(sharing, retry, grace, Optional.empty());
  }

  /** Refuses a negative grace. */
  public WalkRules {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
    }
  }
}
