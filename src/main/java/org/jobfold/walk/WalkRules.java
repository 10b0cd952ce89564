package org.jobfold.walk;

import java.time.Duration;
import org.jobfold.retry.RetryRule;

/**
 * The rules of a run.
 *
 * @param sharing how the ranks are shared out
 * @param retry what happens after a failed trial
 * @param grace how long a trial that was asked to end may take before it is forced
 */
public record WalkRules(Sharing sharing, RetryRule retry, Duration grace) {
  /** Refuses a negative grace. */
  public WalkRules {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
    }
  }
}
