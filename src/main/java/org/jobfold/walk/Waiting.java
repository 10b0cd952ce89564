package org.jobfold.walk;

import java.time.Duration;
import org.jobfold.folder.JobFolder;
import org.jobfold.journal.FolderState;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;

/**
 * A folder that waits for its next trial.
 *
 * @param folder the folder as the tree has it
 * @param trial the number of that trial, from 1 on
 * @param step the step that it begins with: those before succeeded in earlier trials
 * @param forgiven how many of its earlier trials, the first ones, count for nothing any more
 * @param history what the others of its earlier trials came to
 * @param from it does not start before this time; zero: it may start at once
 * @param turn how often it was sent back behind its equals
 */
record Waiting(
    JobFolder folder, int trial, int step, int forgiven, History history, Duration from, int turn)
    implements Comparable<Waiting> {
  /** A folder that has not run. */
  static Waiting first(JobFolder folder) {
    return new Waiting(folder, 1, 0, 0, History.NONE, Duration.ZERO, 0);
  }

  /** A folder that goes on where an earlier run left it. */
  static Waiting resumed(JobFolder folder, FolderState.Open before, History history) {
    int last = folder.functional().asSteps().size() - 1;
    return new Waiting(
        folder,
        before.trials() + 1,
        Math.min(before.step(), last),
        before.forgiven(),
        history,
        Duration.ZERO,
        0);
  }

  /** A folder that has all its trials once more, after so many that count for nothing any more. */
  static Waiting anew(JobFolder folder, int trials) {
    return new Waiting(folder, trials + 1, 0, trials, History.NONE, Duration.ZERO, 0);
  }

  /** The folder after this trial, which failed at a step. */
  Waiting again(RetryRule.Again again, int failedStep, Duration now) {
    return new Waiting(
        folder, trial + 1, failedStep, forgiven, again.history(), from(again.delay(), now), turn);
  }

  /** The same trial, begun at a step, with no delay. */
  Waiting at(int otherStep) {
    return new Waiting(folder, trial, otherStep, forgiven, history, Duration.ZERO, turn);
  }

  /** The same for a newer version of the folder. */
  Waiting renewed(JobFolder newer) {
    boolean same = folder.functional().equals(newer.functional());
    return new Waiting(newer, trial, same ? step : 0, forgiven, history, from, turn);
  }

  /** The folder as its next trial has it. */
  JobFolder changed() {
    return history.change().of(folder);
  }

  /** The folder once more, behind its equals. */
  Waiting requeued(Duration delay, Duration now) {
    return new Waiting(folder, trial + 1, 0, forgiven, history, from(delay, now), turn + 1);
  }

  /** The same with the folder as it was found when its turn came. */
  Waiting as(JobFolder found) {
    return new Waiting(found, trial, step, forgiven, history, from, turn);
  }

  private static Duration from(Duration delay, Duration now) {
    return delay.isZero() ? Duration.ZERO : now.plus(delay);
  }

  /** Whether trials before this one count: then it repeats them. */
  boolean isRepeated() {
    return trial > forgiven + 1;
  }

  /** Whether it is the same trial of the same folder. */
  boolean isSame(Waiting other) {
    return this.trial == other.trial && folder.name().equals(other.folder.name());
  }

  @Override
  public int compareTo(Waiting other) {
    int byTurn = Integer.compare(turn, other.turn);
    return byTurn != 0 ? byTurn : folder.name().compareTo(other.folder.name());
  }
}
