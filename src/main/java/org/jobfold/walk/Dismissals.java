package org.jobfold.walk;

import java.time.Duration;
import java.util.Queue;
import org.jobfold.spi.Force;
import org.jobfold.trial.Cause;

/** Warns running trials, asks them to end, and forces those that do not. Says nothing twice. */
final class Dismissals {
  private final RunningTrials running;
  private final Duration grace;
  private final Queue<Action> decided;

  /**
   * Where nobody was asked yet.
   *
   * @param grace how long a trial that was asked to end may take before it is forced
   * @param decided takes up what is to be done
   */
  Dismissals(RunningTrials running, Duration grace, Queue<Action> decided) {
    this.running = running;
    this.grace = grace;
    this.decided = decided;
  }

  /** Ends those that have run for too long, and forces those that should have ended by now. */
  void pass(Duration now) {
    for (Trial trial : running.tooLong(now)) {
      end(trial, new Cause.Timeout(trial.timeout().orElseThrow()), now);
    }
    running.toForce(now).forEach(this::kill);
  }

  /** Tells all that were not asked to end that they will be, and why. */
  void warn(Deadline.Warning warning, String reason) {
    for (Trial trial : running.all()) {
      if (trial.ending().isEmpty()) {
        trial.warn(warning.signal(), reason);
        decided.add(new Action.Warn(trial.id(), warning.signal()));
      }
    }
  }

  /** Ends all, since the walk stops. */
  void all(Stop how, String reason, Duration now) {
    for (Trial trial : running.all()) {
      end(trial, new Cause.Interrupted(reason), now);
      if (how == Stop.KILL) {
        kill(trial);
      }
    }
  }

  private void end(Trial trial, Cause why, Duration now) {
    if (trial.ending().isEmpty()) {
      trial.end(why);
      running.forceAt(now.plus(grace), trial);
      decided.add(new Action.End(trial.id(), Force.TERMINATE));
    }
  }

  private void kill(Trial trial) {
    if (trial.kill()) {
      decided.add(new Action.End(trial.id(), Force.KILL));
    }
  }
}
