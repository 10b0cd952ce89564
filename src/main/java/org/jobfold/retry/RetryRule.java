package org.jobfold.retry;

import org.jobfold.folder.JobFolder;
import org.jobfold.trial.Cause;

/**
 * What happens after a failed trial.
 *
 * @param maxtrials how many trials a folder has in all, where it does not say so itself; at least 1
 */
public record RetryRule(int maxtrials) {
  /** What happens next. */
  public enum Verdict {
    /** Another trial. */
    AGAIN,
    /** No more: the folder failed. */
    GIVE_UP
  }

  /** Refuses less than one trial. */
  public RetryRule {
    if (maxtrials < 1) {
      throw new IllegalArgumentException(
          "'maxtrials' is " + maxtrials + ": a folder needs at least 1");
    }
  }

  /** The verdict on a folder whose trial {@code number}, counted from 1, failed for this cause. */
  public Verdict after(JobFolder folder, int number, Cause cause) {
    if (cause instanceof Cause.Interrupted || cause instanceof Cause.Vanished) {
      return Verdict.GIVE_UP;
    }
    return number < folder.settings().maxtrials().orElse(maxtrials)
        ? Verdict.AGAIN
        : Verdict.GIVE_UP;
  }
}
