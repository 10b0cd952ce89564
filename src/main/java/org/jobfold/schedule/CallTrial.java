package org.jobfold.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;
import org.jspecify.annotations.Nullable;

/**
 * One trial of a job inside this process, from the queue to its end. {@link #perform} is called
 * once, by a worker; the other methods at any time, by any thread.
 *
 * <p>It says once that it has ended: when the job came back, or when its thread was given up.
 */
final class CallTrial implements JobRun {
  /** Says that a job is not ready. */
  static final Cause NOT_READY = new Cause.SuccessCheck("the job says that it is not ready yet");

  private final Order order;
  private final int slot;
  private final JobBody body;
  private final Entry<?, ?> entry;
  private final Consumer<SessionEvent> events;
  private volatile boolean interrupted;
  private @Nullable Thread thread;
  private Instant started = Instant.EPOCH;
  private long start;
  private boolean over;

  CallTrial(Order order, int slot, JobBody body, Entry<?, ?> entry, Consumer<SessionEvent> events) {
    this.order = order;
    this.slot = slot;
    this.body = body;
    this.entry = entry;
    this.events = events;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public int trial() {
    return order.id().number();
  }

  @Override
  public boolean isInterrupted() {
    return interrupted;
  }

  /** Asks it to end, or sees to it that it does not begin. */
  synchronized void interrupt() {
    interrupted = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Waits for it no longer.
   *
   * @return whether its thread still runs the job
   */
  boolean giveUp() {
    synchronized (this) {
      interrupted = true;
      if (over) {
        return false;
      }
      over = true;
      note(thread == null ? JobResult.JobThread.RETURNED : JobResult.JobThread.GIVEN_UP, Said.DONE);
    }
    post(
        Outcome.failed(
            new Cause.Interrupted("it did not end when it was asked to: its thread is given up")));
    return true;
  }

  /** Whether this is how it ended, and not by being given up before. */
  private synchronized boolean isOver(Said said) {
    thread = null;
    // What was meant for this job must not hit the next one on this thread.
    Thread.interrupted();
    if (over) {
      return false;
    }
    over = true;
    note(JobResult.JobThread.RETURNED, said);
    return true;
  }

  /** Runs the job. Gives what to do to say that it has ended; nothing if it was given up. */
  Runnable perform() {
    Outcome outcome;
    Said said = Said.DONE;
    if (begin()) {
      try {
        said = body.run(this);
        outcome = said == Said.NOT_READY ? Outcome.failed(NOT_READY) : Outcome.success();
      } catch (Throwable thrown) {
        // Whatever it is: an order without an end would hold its slot for ever.
        outcome = Outcome.failed(Cause.Thrown.by("the job", thrown));
      }
    } else {
      outcome = Outcome.failed(new Cause.Interrupted("it was to end before it had started"));
    }
    Outcome how = outcome;
    return isOver(said) ? () -> post(how) : () -> {};
  }

  private synchronized boolean begin() {
    if (interrupted) {
      return false;
    }
    thread = Thread.currentThread();
    started = Instant.now();
    start = System.nanoTime();
    return true;
  }

  private void note(JobResult.JobThread what, Said said) {
    entry.last(new Entry.LastTrial(trial(), OptionalInt.of(slot), started, elapsed(), said, what));
  }

  private Duration elapsed() {
    return start == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  private void post(Outcome outcome) {
    Entry.LastTrial last = entry.last();
    events.accept(
        new SessionEvent.Ended(
            order.id(),
            outcome,
            new Usage(last.started(), last.elapsed(), Duration.ZERO, Duration.ZERO, 0),
            "",
            "",
            List.of()));
  }
}
