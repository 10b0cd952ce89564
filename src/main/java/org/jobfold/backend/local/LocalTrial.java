package org.jobfold.backend.local;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.launch.Exit;
import org.jobfold.launch.Running;
import org.jobfold.output.Tail;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One order, from the queue to its end. {@link #perform} is called once, by a worker; {@link #end}
 * and {@link #signal} at any time, by any thread.
 */
final class LocalTrial {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTrial.class);

  private static final int SIGNALLED = 128;

  private final Order order;
  private final Starter starter;

  /** What was asked for while there was nothing to ask yet. */
  private Optional<Force> asked = Optional.empty();

  private Optional<Running> running = Optional.empty();

  /** Whether its process was asked for anything: what it does then may come of that. */
  private boolean isAsked;

  /** An order that waits for a worker. */
  LocalTrial(Order order, Starter starter) {
    this.order = order;
    this.starter = starter;
  }

  /** Asks the process to end, or sees to it that it does not start. */
  synchronized void end(Force force) {
    if (running.isPresent()) {
      asked();
      running.get().end(force);
    } else if (!asked.equals(Optional.of(Force.KILL))) {
      asked = Optional.of(force);
    }
  }

  /** Sends a signal to the process, if it runs. */
  synchronized void signal(int signal) {
    if (running.isPresent()) {
      asked();
      running.get().signal(signal);
    }
  }

  private synchronized void asked() {
    isAsked = true;
    notifyAll();
  }

  /**
   * Waits a moment if a signal has ended the process that was not sent from here: the same may be
   * about to end this program, which asks all that runs to end then. A shell says it by its exit
   * code.
   */
  private synchronized void awaitDoubt(Exit exit) {
    if (exit.signal() == 0 && exit.code() <= SIGNALLED) {
      return;
    }
    long end = System.nanoTime() + starter.doubt().toNanos();
    long left = end - System.nanoTime();
    try {
      while (!isAsked && left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs the process from start to end.
   *
   * @param events gets the start
   * @return the end
   */
  SessionEvent.Ended perform(Consumer<SessionEvent> events) {
    try {
      return attempt(events);
    } catch (CannotStartException e) {
      return notStarted(e.why());
    } catch (Throwable e) {
      // Whatever it is, an order without an end would hold its ranks for ever.
      LOG.error("{} ended in an error of jobfold", order.id(), e);
      end(Force.KILL);
      return notStarted(new Cause.LaunchError(e.toString()));
    }
  }

  private SessionEvent.Ended attempt(Consumer<SessionEvent> events) throws CannotStartException {
    if (isAskedToEnd()) {
      return notStarted(new Cause.Interrupted("it was to end before it had started"));
    }
    Streams streams = starter.streams(order);
    SuccessJudge judge = SuccessJudge.before(order.success(), streams);
    Running process = starter.start(order, streams);
    // In this order: whoever was told that it runs can send it a signal.
    started(process);
    events.accept(new SessionEvent.Started(order.id(), process.pid()));
    Exit exit = process.waitFor();
    awaitDoubt(exit);
    Outcome seen = starter.confirmed(order, judge.judge(exit));
    Outcome outcome = wasAsked() ? seen : RoomJudge.judge(seen, streams);
    Tail tail =
        outcome.succeeded()
            ? Tail.NONE
            : Tail.of(streams.directory(), List.of(streams.err(), streams.out()));
    return new SessionEvent.Ended(
        order.id(), outcome, exit.usage(), streams.out(), streams.err(), tail.file(), tail.lines());
  }

  private synchronized boolean isAskedToEnd() {
    return asked.isPresent();
  }

  /** Whether it was asked to end, or told something: then it may have ended for that. */
  private synchronized boolean wasAsked() {
    return isAsked;
  }

  private synchronized void started(Running process) {
    running = Optional.of(process);
    asked.ifPresent(this::end);
  }

  private SessionEvent.Ended notStarted(Cause cause) {
    return new SessionEvent.Ended(
        order.id(), Outcome.failed(cause), Usage.none(Instant.now()), "", "", "", List.of());
  }
}
