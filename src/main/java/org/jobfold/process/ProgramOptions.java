package org.jobfold.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * How one folder is run as a process of its own, and what the program wants to hear of it. The
 * callbacks are called one at a time, by one thread that nothing else waits for; an exception in
 * one makes the trial a failure.
 *
 * @param maxtrials how many trials, launch errors apart, at least 1
 * @param grace how long a trial that is asked to end may take before it is forced
 * @param already whether a process need not be started, because what it would do is done: it is
 *     passed over as a success
 * @param modifier may change an order before it is started: its ranks, or its folder
 * @param judge may overrule how a trial ended, both ways
 * @param onfinish is told how each trial ended
 */
public record ProgramOptions(
    int maxtrials,
    Duration grace,
    Predicate<Order> already,
    UnaryOperator<Order> modifier,
    Judge judge,
    BiConsumer<JobFolder, Outcome> onfinish) {
  /** Overrules how a trial ended. */
  @FunctionalInterface
  public interface Judge {
    /** How a process of the folder counts, given how it ended. */
    Outcome judge(JobFolder folder, Outcome outcome);
  }

  /** Decides that a failure is none. */
  @FunctionalInterface
  public interface OnFail {
    /**
     * Whether a process that failed for this cause counts as failed; {@link Cause.ExitCode} holds
     * the code. Empty: it does not.
     */
    Optional<Cause> onFail(JobFolder folder, Cause cause);
  }

  /** One trial, ten seconds of grace, no callbacks. */
  public static final ProgramOptions DEFAULT =
      new ProgramOptions(
          1,
          Duration.ofSeconds(10),
          order -> false,
          UnaryOperator.identity(),
          (folder, outcome) -> outcome,
          (folder, outcome) -> {});

  /** Refuses less than one trial and a negative grace. */
  public ProgramOptions {
    if (maxtrials < 1) {
      throw new IllegalArgumentException(
          "'maxtrials' is " + maxtrials + ": at least 1 trial is needed");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
    }
  }

  /** The same with another number of trials. */
  public ProgramOptions withMaxtrials(int count) {
    return new ProgramOptions(count, grace, already, modifier, judge, onfinish);
  }

  /** The same with another grace. */
  public ProgramOptions withGrace(Duration time) {
    return new ProgramOptions(maxtrials, time, already, modifier, judge, onfinish);
  }

  /** The same with a look at what is done already. */
  public ProgramOptions withAlready(Predicate<Order> done) {
    return new ProgramOptions(maxtrials, grace, done, modifier, judge, onfinish);
  }

  /** The same with a modifier of the order. */
  public ProgramOptions withModifier(UnaryOperator<Order> change) {
    return new ProgramOptions(maxtrials, grace, already, change, judge, onfinish);
  }

  /** The same with a judge. */
  public ProgramOptions withJudge(Judge other) {
    return new ProgramOptions(maxtrials, grace, already, modifier, other, onfinish);
  }

  /** The same with a judge that is asked about failures only. */
  public ProgramOptions withOnFail(OnFail onfail) {
    return withJudge(
        (folder, outcome) ->
            outcome
                .cause()
                .flatMap(cause -> onfail.onFail(folder, cause))
                .<Outcome>map(Outcome::failed)
                .orElseGet(Outcome::success));
  }

  /** The same with someone who is told how each trial ended. */
  public ProgramOptions withOnFinish(BiConsumer<JobFolder, Outcome> told) {
    return new ProgramOptions(maxtrials, grace, already, modifier, judge, told);
  }
}
