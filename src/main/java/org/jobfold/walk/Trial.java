package org.jobfold.walk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Step;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** A trial that runs: its folder, its ranks, the step it is at, and whether it was asked to end. */
final class Trial {
  private final Waiting begun;
  private final JobFolder folder;
  private final Communicator ranks;
  private final Placement placement;
  private final Need need;
  private final int slot;
  private final Duration start;
  private final List<Step> steps;
  private int step;
  private Optional<Usage> usage = Optional.empty();
  private Optional<Cause> ending = Optional.empty();
  private Optional<Cause.Signal> warning = Optional.empty();
  private String warnedOf = "";
  private boolean killed;

  Trial(Admission.Admitted admitted, int slot, Duration start) {
    this.begun = admitted.waiting();
    this.folder = begun.changed();
    this.step = begun.step();
    this.steps = folder.functional().asSteps();
    this.ranks = admitted.ranks();
    this.placement = ranks.placement();
    this.need = admitted.need();
    this.slot = slot;
    this.start = start;
  }

  /** The folder as it waited for this trial. */
  Waiting begun() {
    return begun;
  }

  /** The folder as this trial has it. */
  JobFolder folder() {
    return folder;
  }

  int number() {
    return begun.trial();
  }

  int step() {
    return step;
  }

  int slot() {
    return slot;
  }

  /** What it holds, beside its ranks. */
  Need need() {
    return need;
  }

  /** When it was started. */
  Duration start() {
    return start;
  }

  Communicator ranks() {
    return ranks;
  }

  /** The ranks that it has, or had. */
  Placement placement() {
    return placement;
  }

  TrialId id() {
    return new TrialId(folder.name(), number(), step);
  }

  /** The order for the step that it is at. */
  Order order() {
    return new Order(id(), folder, steps.get(step), placement, slot);
  }

  boolean hasMoreSteps() {
    return step + 1 < steps.size();
  }

  /** Goes on to the next step. */
  void advance() {
    step++;
  }

  /** Adds what a step used; gives what the trial used so far. */
  Usage used(Usage more) {
    Usage sum = usage.map(u -> u.and(more)).orElse(more);
    usage = Optional.of(sum);
    return sum;
  }

  /** Why jobfold ends it; absent while it may run. */
  Optional<Cause> ending() {
    return ending;
  }

  /** Notes why jobfold ends it. The first reason stays. */
  void end(Cause why) {
    if (ending.isEmpty()) {
      ending = Optional.of(why);
    }
  }

  /** Notes that it was sent a signal that tells it that its time is running out. */
  void warn(int signal, String reason) {
    warning = Optional.of(new Cause.Signal(signal));
    warnedOf = reason;
  }

  /**
   * How it counts that it ended: a program that does not expect the warning is ended by it, or its
   * shell is, and that is the end of the allocation and no fault of its own.
   */
  Outcome outcome(Outcome seen) {
    if (ending.isPresent()) {
      return Outcome.failed(ending.get());
    }
    return seen.cause().filter(this::isOfTheWarning).isPresent()
        ? Outcome.failed(new Cause.Interrupted(warnedOf))
        : seen;
  }

  /** Whether it is the end by the signal of the warning, or that of a shell of which it was. */
  private boolean isOfTheWarning(Cause cause) {
    return warning
        .filter(
            signal ->
                cause.equals(signal) || cause.equals(new Cause.ExitCode(128 + signal.number())))
        .isPresent();
  }

  /** Notes that it is forced to end. Whether that is news. */
  boolean kill() {
    boolean news = !killed;
    killed = true;
    return news;
  }

  Optional<Duration> timeout() {
    return folder.settings().timeout();
  }
}
