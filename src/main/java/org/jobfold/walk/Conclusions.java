package org.jobfold.walk;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;

/**
 * What becomes of a folder whose trial has ended, and what the advisor says becomes of it. Does not
 * judge whether a trial was the last.
 */
final class Conclusions {
  private final WalkRules rules;
  private final OpenFolders open;
  private final Undecided undecided;
  private final Course course;
  private final Queue<Action> decided;

  /**
   * Where nothing has ended yet.
   *
   * @param decided takes up what is to be done
   */
  Conclusions(
      WalkRules rules,
      OpenFolders open,
      Undecided undecided,
      Course course,
      Queue<Action> decided) {
    this.rules = rules;
    this.open = open;
    this.undecided = undecided;
    this.course = course;
    this.decided = decided;
  }

  /** There is another trial. */
  void tryAgain(Trial trial, Again again, Duration now) {
    open.putBack(trial.begun().again(again, trial.step(), now));
    decided.add(new Action.TryAgain(trial.folder().name(), again.delay()));
  }

  /** There is no other trial. */
  void conclude(Trial trial, Optional<Failure> failure) {
    if (rules.advice() == WalkRules.Advice.ASKED) {
      undecided.add(new Undecided.Ending(trial, failure));
      decided.add(
          new Action.AskAfter(
              trial.folder(),
              failure.map(f -> Outcome.failed(f.cause())).orElse(Outcome.success())));
    } else {
      course.settle(trial.begun().folder(), new FinalState(trial.number(), failure));
    }
  }

  /** The advisor has said whether what came of a folder counts. */
  void judged(FolderName folder, Verdict verdict, Halt halt, Duration now) {
    Optional<Undecided.Ending> end = undecided.takeEnding(folder);
    if (end.isEmpty()) {
      return;
    }
    Trial trial = end.get().trial();
    Optional<Failure> failure = end.get().failure();
    if (verdict instanceof Verdict.Requeue again && !halt.isStopping()) {
      open.putBack(trial.begun().requeued(again.delay(), now));
      decided.add(new Action.TryAgain(folder, again.delay()));
    } else if (verdict instanceof Verdict.Fail fail && failure.isEmpty()) {
      course.settle(trial.begun().folder(), FinalState.notRun(trial.number(), fail.cause()));
    } else {
      course.settle(trial.begun().folder(), new FinalState(trial.number(), failure));
    }
  }

  /**
   * The advisor has said what becomes of a folder whose turn it is.
   *
   * @param folder as it was asked about
   * @param hosts those of the ranks
   */
  void advised(JobFolder folder, Advice advice, OwnHosts hosts) {
    Optional<Waiting> answered = open.turns().answered(folder);
    if (answered.isEmpty()) {
      return;
    }
    Waiting turn = answered.get();
    if (advice instanceof Advice.Run run) {
      Optional<String> never = Refusals.never(run.folder(), rules.queues(), open.sharing(), hosts);
      if (never.isPresent()) {
        fail(turn, new Cause.LaunchError(never.get(), Cause.Prospect.LASTING));
      } else {
        course.reopen(turn.folder());
        open.putBack(turn.as(run.folder()));
      }
    } else if (advice instanceof Advice.Skip skip) {
      course.settle(turn.folder(), FinalState.skipped(skip.reason()));
    } else if (advice instanceof Advice.Fail fail) {
      fail(turn, fail.cause());
    }
  }

  private void fail(Waiting turn, Cause cause) {
    course.settle(turn.folder(), FinalState.notRun(turn.trial() - 1, cause));
  }
}
