package org.jobfold.trial;

/**
 * How many folders are in which state.
 *
 * @param waiting not started, or to be tried again
 * @param running have a trial now
 * @param succeeded final
 * @param failed final, after their last trial
 * @param interrupted final, because the run stopped
 * @param tagged switched off by the user
 * @param retries trials so far that were not a folder's first
 */
public record Tally(
    int waiting, int running, int succeeded, int failed, int interrupted, int tagged, int retries) {
  /** All folders that are to run or have run. */
  public int total() {
    return waiting + running + done();
  }

  /** The folders that have not succeeded, and not failed for good. */
  public int left() {
    return waiting + running + interrupted;
  }

  /** The folders in a final state. */
  public int done() {
    return succeeded + failed + interrupted;
  }
}
