package org.jobfold.walk;

import java.time.Duration;
import org.jobfold.folder.JobFolder;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;

/**
 * A folder that waits for its next trial.
 *
 * @param folder the folder as the tree has it
 * @param trial the number of that trial, from 1 on
 * @param step the step that it begins with: those before succeeded in earlier trials
 * @param history what its earlier trials came to
 * @param from it does not start before this time; zero: it may start at once
 */
record Waiting(JobFolder folder, int trial, int step, History history, Duration from)
    implements Comparable<Waiting> {
  /** A folder that has not run. */
  static Waiting first(JobFolder folder) {
    return new Waiting(folder, 1, 0, History.NONE, Duration.ZERO);
  }

  /** A folder that goes on where an earlier run left it. */
  static Waiting resumed(JobFolder folder, int trial, int step, History history) {
    return new Waiting(folder, trial, step, history, Duration.ZERO);
  }

  /** The folder after this trial, which failed at a step. */
  Waiting again(RetryRule.Again again, int failedStep, Duration now) {
    return new Waiting(
        folder,
        trial + 1,
        failedStep,
        again.history(),
        again.delay().isZero() ? Duration.ZERO : now.plus(again.delay()));
  }

  /** The same trial, begun at a step, with no delay. */
  Waiting at(int otherStep) {
    return new Waiting(folder, trial, otherStep, history, Duration.ZERO);
  }

  /** The same for a newer version of the folder. */
  Waiting renewed(JobFolder newer) {
    boolean same = folder.functional().equals(newer.functional());
    return new Waiting(newer, trial, same ? step : 0, history, from);
  }

  /** The folder as its next trial has it. */
  JobFolder changed() {
    return history.change().of(folder);
  }

  @Override
  public int compareTo(Waiting other) {
    return folder.name().compareTo(other.folder.name());
  }
}
