package org.jobfold.walk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.Host;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;

/**
 * What follows when a trial has ended: what it held is given back, and its folder has another one,
 * or has ended.
 */
final class Aftermath {
  private final RetryRule retry;
  private final Starts starts;
  private final OwnRanks ranks;
  private final LearnedTimes learned;
  private final Undecided undecided;
  private final Course course;
  private final Conclusions conclusions;
  private final HostFaults faults;

  /** Of each host, how many folders that it was lost with are tried again. */
  private final Map<Host, Integer> lostWith = new HashMap<>();

  Aftermath(
      RetryRule retry,
      Starts starts,
      OwnRanks ranks,
      LearnedTimes learned,
      Undecided undecided,
      Course course,
      Conclusions conclusions,
      HostFaults faults) {
    this.retry = retry;
    this.starts = starts;
    this.ranks = ranks;
    this.learned = learned;
    this.undecided = undecided;
    this.course = course;
    this.conclusions = conclusions;
    this.faults = faults;
  }

  /**
   * A trial has ended, with its last step or before.
   *
   * @param outcome how it counts
   * @param usage what it has used in all
   * @param event what is known of its last process
   */
  void ended(Trial trial, Outcome outcome, Usage usage, SessionEvent.Ended event, Duration now) {
    giveBack(trial, outcome, now);
    if (outcome.succeeded() || outcome.cause().orElseThrow() instanceof Cause.Timeout) {
      learned.add(trial.folder(), usage.elapsed());
    }
    if (outcome.succeeded()) {
      conclusions.conclude(trial, Optional.empty());
      faults.succeeded(trial, now);
    } else {
      failed(trial, outcome.cause().orElseThrow(), usage, event, now);
    }
  }

  private void giveBack(Trial trial, Outcome outcome, Duration now) {
    starts.ended(trial);
    if (outcome.cause().filter(Cause.NodeLost.class::isInstance).isPresent()) {
      ranks.limbo().put(trial.ranks(), now);
    } else {
      trial.ranks().release();
    }
  }

  private void failed(Trial trial, Cause why, Usage usage, SessionEvent.Ended event, Duration now) {
    History history = faults.history(trial);
    Optional<Again> again = retry.after(trial.folder(), history, why);
    boolean mayBeTheHosts = faults.mayBeOf(trial, why, history);
    Cause cause = why;
    if (why instanceof Cause.NodeLost lost) {
      if (again.isPresent()) {
        trial.placement().hosts().forEach(host -> lostWith.merge(host, 1, Integer::sum));
      } else {
        cause = lost.inARow(RetryRule.LOST);
      }
    }
    if (again.isPresent()) {
      conclusions.tryAgain(trial, again.get(), now);
    } else if (mayBeTheHosts) {
      undecided.add(new Undecided.Doubt(trial, history, failure(trial, cause, usage, event)));
      course.closeIfEnoughHaveFailed();
    } else {
      conclusions.conclude(trial, Optional.of(failure(trial, cause, usage, event)));
    }
    faults.failed(trial, cause, now);
  }

  private static Failure failure(Trial trial, Cause cause, Usage usage, SessionEvent.Ended event) {
    return new Failure(
        cause,
        trial.number(),
        usage,
        event.stdout(),
        event.stderr(),
        event.tailOf(),
        event.tail(),
        trial.placement().hosts());
  }

  /** How many folders that were lost with a host are tried again. Said once. */
  int triedAgainAfter(Host lost) {
    return Optional.ofNullable(lostWith.remove(lost)).orElse(0);
  }
}
