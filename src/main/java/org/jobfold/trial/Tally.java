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
 * @param retries trials so far of folders that had others before which count
 * @param skipped final, because they need not run
 * @param blocked final, because folders upstream did not succeed
 */
public record Tally(
    int waiting,
    int running,
    int succeeded,
    int failed,
    int interrupted,
    int tagged,
    int retries,
    int skipped,
    int blocked) {
  /** Where nothing is skipped or blocked. */
  public Tally(
      int waiting,
      int running,
      int succeeded,
      int failed,
      int interrupted,
      int tagged,
      int retries) {
    this(waiting, running, succeeded, failed, interrupted, tagged, retries, 0, 0);
  }

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
    return succeeded + skipped + failed + blocked + interrupted;
  }
}
