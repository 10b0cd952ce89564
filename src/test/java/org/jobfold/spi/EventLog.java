package org.jobfold.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jobfold.comm.Host;
import org.jobfold.trial.TrialId;

/** The events that a session posted, which a test can wait for. */
public final class EventLog implements Consumer<SessionEvent> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<SessionEvent> events = new ArrayList<>();

  @Override
  public synchronized void accept(SessionEvent event) {
    events.add(event);
    notifyAll();
  }

  /** All of them so far. */
  public synchronized List<SessionEvent> all() {
    return List.copyOf(events);
  }

  /** Waits for the start of a process. */
  public SessionEvent.Started started(TrialId id) {
    return (SessionEvent.Started)
        await(e -> e instanceof SessionEvent.Started s && s.id().equals(id), "start of " + id);
  }

  /** Waits for the end of a process. */
  public SessionEvent.Ended ended(TrialId id) {
    return (SessionEvent.Ended)
        await(e -> e instanceof SessionEvent.Ended n && n.id().equals(id), "end of " + id);
  }

  /** Waits for the loss of a host. */
  public SessionEvent.RanksLost lost(Host host) {
    return (SessionEvent.RanksLost)
        await(
            e -> e instanceof SessionEvent.RanksLost l && l.host().equals(host), "loss of " + host);
  }

  /** Waits until a rank is told as lost. */
  public SessionEvent.RanksLost lost(int rank) {
    return (SessionEvent.RanksLost)
        await(
            e -> e instanceof SessionEvent.RanksLost l && l.ranks().contains(rank),
            "loss of rank " + rank);
  }

  private synchronized SessionEvent await(Predicate<SessionEvent> wanted, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (SessionEvent event : events) {
        if (wanted.test(event)) {
          return event;
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      assertThat(left).as("time to wait for the %s; there is %s", what, events).isPositive();
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
