package org.jobfold.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** A back end whose processes end at once as they are told to, or go on until they are ended. */
final class FakeBackend implements Backend {
  /** An outcome that never comes: the process goes on until it is ended. */
  static final Outcome ENDLESS = Outcome.failed(new Cause.Vanished("still running"));

  private final Placement allocation;
  private final Function<Order, Outcome> outcomes;
  private final Consumer<String> account;
  private final Map<TrialId, Consumer<SessionEvent>> running = new LinkedHashMap<>();
  private volatile Optional<String> lack = Optional.empty();
  private final Map<TrialId, Placement> placements = new HashMap<>();

  /**
   * A back end on one host.
   *
   * @param account gets a line for each call, in order
   * @param outcomes how each process ends
   */
  FakeBackend(int ranks, Consumer<String> account, Function<Order, Outcome> outcomes) {
    this(Orders.ranks("here", ranks), account, outcomes);
  }

  /** The same on these hosts. */
  FakeBackend(Placement allocation, Consumer<String> account, Function<Order, Outcome> outcomes) {
    this.allocation = allocation;
    this.account = account;
    this.outcomes = outcomes;
  }

  @Override
  public Placement allocation() {
    return allocation;
  }

  /** Folders have no room for their files from now on, or have it again. */
  void lacks(Optional<String> why) {
    lack = why;
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return lack;
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    account.accept("open");
    return new FakeSession(events);
  }

  /** Lets an endless process end well, as soon as it runs. */
  void finish(String folder) throws InterruptedException {
    synchronized (running) {
      while (running.keySet().stream().noneMatch(id -> id.folder().path().equals(folder))) {
        running.wait();
      }
      TrialId id =
          running.keySet().stream().filter(i -> i.folder().path().equals(folder)).findFirst().get();
      running.remove(id).accept(ended(id, Outcome.success()));
    }
  }

  /** A host is lost as soon as an endless process runs on it: it ends, and then the ranks do. */
  void lose(String host) throws InterruptedException {
    synchronized (running) {
      while (running.keySet().stream().noneMatch(id -> isOn(host, id))) {
        running.wait();
      }
      TrialId id = running.keySet().stream().filter(i -> isOn(host, i)).findFirst().get();
      Consumer<SessionEvent> events = running.remove(id);
      events.accept(ended(id, Outcome.failed(new Cause.NodeLost("host '" + host + "' is silent"))));
      List<Integer> ranks =
          allocation.shares().stream()
              .filter(share -> share.host().name().equals(host))
              .findFirst()
              .get()
              .ranks();
      events.accept(new SessionEvent.RanksLost(new Host(host), ranks, "silent"));
    }
  }

  private boolean isOn(String host, TrialId id) {
    return placements.getOrDefault(id, new Placement(List.of())).hosts().contains(new Host(host));
  }

  private final class FakeSession implements Session {
    private final Consumer<SessionEvent> events;

    FakeSession(Consumer<SessionEvent> events) {
      this.events = events;
    }

    @Override
    public void launch(Order order) {
      account.accept("launch " + order.id());
      events.accept(new SessionEvent.Started(order.id(), 1));
      Outcome outcome = outcomes.apply(order);
      if (outcome.equals(ENDLESS)) {
        synchronized (running) {
          placements.put(order.id(), order.placement());
          running.put(order.id(), events);
          running.notifyAll();
        }
      } else {
        events.accept(ended(order.id(), outcome));
      }
    }

    @Override
    public void end(TrialId id, Force force) {
      account.accept(force + " " + id);
      if (forget(id)) {
        events.accept(ended(id, Outcome.failed(new Cause.Signal(force == Force.KILL ? 9 : 15))));
      }
    }

    @Override
    public void signal(TrialId id, int signal) {
      account.accept("signal " + signal + " " + id);
    }

    @Override
    public void close() {
      synchronized (running) {
        running.clear();
      }
      account.accept("close");
    }
  }

  private boolean forget(TrialId id) {
    synchronized (running) {
      return running.remove(id) != null;
    }
  }

  private static SessionEvent.Ended ended(TrialId id, Outcome outcome) {
    return new SessionEvent.Ended(
        id, outcome, Usage.none(Instant.EPOCH), "stdout", "stderr", List.of());
  }
}
