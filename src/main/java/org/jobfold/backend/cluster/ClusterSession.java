package org.jobfold.backend.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.backend.cluster.AgentLink.Going;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Cause;
import org.jobfold.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes each order to the agent of its leader: the host of its first rank. This host is served in
 * this program.
 *
 * <p>When an agent is lost, what it ran may go on until the agent's lease is over and it has killed
 * it. Only then are the orders of that host told as ended, and its ranks as lost: no folder runs
 * twice at a time. What a lost agent says later is not heard. An order of several hosts of which
 * another one than the leader is lost is killed, and ends with that host's loss.
 */
final class ClusterSession implements Session, Crew.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSession.class);

  /** A launcher gives up on what does not end by force after ten seconds. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

  /** How a host is, for this session. */
  private enum Standing {
    UP,
    /** It is lost, and something may run there yet. */
    FENCED,
    /** Nothing runs there any more, which is not told yet. */
    OVER,
    TOLD
  }

  private final Optional<Host> here;
  private final Session local;
  private final Crew crew;
  private final Consumer<SessionEvent> events;
  private final Duration fence;
  private final Map<Host, List<Integer>> ranks = new LinkedHashMap<>();
  private final Map<Host, Standing> standing = new LinkedHashMap<>();
  private final Map<Host, String> losses = new HashMap<>();
  private final Map<TrialId, Flight> flights = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("cluster-fence"));
  private boolean closing;
  private boolean closed;

  /**
   * A session.
   *
   * @param here this host, if it has ranks
   * @param opening opens the session of this host
   */
  ClusterSession(
      Placement allocation,
      Optional<Host> here,
      Opening opening,
      Crew crew,
      Consumer<SessionEvent> events,
      Duration fence) {
    this.here = here;
    this.crew = crew;
    this.events = events;
    this.fence = fence;
    for (Placement.Share share : allocation.shares()) {
      ranks.put(share.host(), share.ranks());
      standing.put(share.host(), Standing.UP);
    }
    this.local = opening.open(event -> here.ifPresent(host -> happened(host, event)));
    crew.listen(this);
  }

  /** Opens the session of this host. */
  @FunctionalInterface
  interface Opening {
    Session open(Consumer<SessionEvent> events);
  }

  @Override
  public synchronized void launch(Order order) {
    List<Host> lost = lost(order);
    if (lost.isEmpty()) {
      send(Flight.sent(order));
      return;
    }
    Flight flight = Flight.notSent(order);
    flight.doom(why(lost.get(0), String.valueOf(losses.get(lost.get(0)))));
    flight.hold(Optional.empty());
    flights.put(order.id(), flight);
    tell();
  }

  private List<Host> lost(Order order) {
    return order.placement().hosts().stream()
        .filter(host -> standing.get(host) != Standing.UP)
        .toList();
  }

  private void send(Flight flight) {
    Order order = flight.order();
    flights.put(order.id(), flight);
    if (isHere(flight.leader())) {
      local.launch(order);
      return;
    }
    try {
      crew.send(flight.leader(), new ToAgent.Launch(order));
    } catch (IllegalArgumentException tooLong) {
      flights.remove(order.id());
      events.accept(
          flight.notStarted(
              new Cause.LaunchError(
                  "what it is to run is too long for its host: " + tooLong.getMessage(),
                  Cause.Prospect.LASTING)));
    }
  }

  private boolean isHere(Host host) {
    return here.equals(Optional.of(host));
  }

  @Override
  public synchronized void end(TrialId id, Force force) {
    Flight flight = flights.get(id);
    if (flight == null) {
      return;
    }
    if (flight.wasSent()) {
      end(flight, force);
    } else {
      flights.remove(id);
      events.accept(
          flight.notStarted(new Cause.Interrupted("it was to end before it had started")));
      tell();
    }
  }

  private void end(Flight flight, Force force) {
    if (isHere(flight.leader())) {
      local.end(flight.order().id(), force);
    } else {
      crew.send(flight.leader(), new ToAgent.End(flight.order().id(), force));
    }
  }

  @Override
  public synchronized void signal(TrialId id, int signal) {
    Flight flight = flights.get(id);
    if (flight == null || !flight.wasSent()) {
      return;
    }
    if (isHere(flight.leader())) {
      local.signal(id, signal);
    } else {
      crew.send(flight.leader(), new ToAgent.Signal(id, signal));
    }
  }

  @Override
  public synchronized void happened(Host host, SessionEvent event) {
    if (closed || standing.get(host) != Standing.UP) {
      return;
    }
    if (event instanceof SessionEvent.OfProcess ofProcess) {
      Flight flight = flights.get(ofProcess.id());
      if (flight != null && flight.leader().equals(host)) {
        happened(flight, ofProcess);
      }
    }
  }

  private void happened(Flight flight, SessionEvent.OfProcess event) {
    if (!(event instanceof SessionEvent.Ended ended)) {
      flight.started();
      events.accept(event);
    } else if (flight.loss().isPresent() && !ended.outcome().succeeded()) {
      flight.hold(Optional.of(ended));
      tell();
    } else {
      flights.remove(event.id());
      events.accept(event);
      tell();
    }
  }

  @Override
  public synchronized void gone(Host host, AgentLink.Gone gone) {
    if (closed || standing.get(host) != Standing.UP) {
      return;
    }
    if (closing && gone.how() == Going.LEFT) {
      standing.put(host, Standing.TOLD);
      notifyAll();
      return;
    }
    String loss =
        gone.how() == Going.NEVER_CAME ? "it does not come up: " + gone.why() : gone.why();
    losses.put(host, loss);
    String why = why(host, loss);
    for (Flight flight : List.copyOf(flights.values())) {
      if (flight.isOn(host)) {
        doom(flight, host, why);
      }
    }
    if (gone.how() == Going.LOST) {
      standing.put(host, Standing.FENCED);
      LOG.info("{} is lost; its folders wait {} until nothing runs there", why, fence);
      ScheduledFuture<?> unused =
          timer.schedule(() -> over(host), fence.toNanos(), TimeUnit.NANOSECONDS);
    } else {
      standing.put(host, Standing.OVER);
      tell();
    }
  }

  private static String why(Host host, String loss) {
    return "host '" + host + "': " + loss;
  }

  private void doom(Flight flight, Host host, String why) {
    flight.doom(why);
    if (flight.leader().equals(host)) {
      flight.hold(Optional.empty());
    } else if (flight.wasSent() && flight.held().isEmpty()) {
      end(flight, Force.KILL);
    }
  }

  private synchronized void over(Host host) {
    if (!closed) {
      standing.put(host, Standing.OVER);
      tell();
    }
  }

  /** Tells what may be told: ends once all lost hosts of theirs are silent, then their ranks. */
  private void tell() {
    for (Flight flight : List.copyOf(flights.values())) {
      if (flight.held().isPresent() && !isFenced(flight)) {
        flights.remove(flight.order().id());
        events.accept(flight.held().get());
      }
    }
    for (Host host : new ArrayList<>(standing.keySet())) {
      if (standing.get(host) == Standing.OVER
          && flights.values().stream().noneMatch(flight -> flight.isOn(host))) {
        standing.put(host, Standing.TOLD);
        events.accept(
            new SessionEvent.RanksLost(
                host, ranks.getOrDefault(host, List.of()), String.valueOf(losses.get(host))));
      }
    }
    notifyAll();
  }

  private boolean isFenced(Flight flight) {
    return flight.order().placement().hosts().stream()
        .anyMatch(host -> standing.get(host) == Standing.FENCED);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
      standing.forEach(
          (host, how) -> {
            if (how == Standing.UP && !isHere(host)) {
              crew.send(host, new ToAgent.Close());
            }
          });
    }
    local.close();
    awaitSilence();
    synchronized (this) {
      flights.values().forEach(flight -> events.accept(flight.lost(Optional.empty())));
      flights.clear();
      closed = true;
    }
    timer.shutdownNow();
    crew.close();
  }

  /** Waits until nothing runs on any host; an interrupt has to wait, too. */
  private synchronized void awaitSilence() {
    long deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
    boolean interrupted = false;
    while (isNoisy()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        LOG.warn("not all hosts say that nothing runs there any more: they are left to themselves");
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isNoisy() {
    return standing.entrySet().stream()
        .anyMatch(
            each ->
                each.getValue() == Standing.FENCED
                    || (each.getValue() == Standing.UP && !isHere(each.getKey())));
  }
}
