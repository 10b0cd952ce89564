package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.SessionEvent;

/**
 * Tells of lost ranks: those of one host that are lost within a moment as one loss, since a host
 * dies with all its ranks, and what is heard of them differs by a beat.
 *
 * <p>Told by one thread at a time, which also runs what it asks to be run later.
 */
final class LostHosts {
  /** Two ranks of a dead host have last been heard of within a beat of each other. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final Map<Integer, Host> hosts = new HashMap<>();
  private final Map<Host, Set<Integer>> left = new HashMap<>();
  private final Map<Host, Pending> pending = new LinkedHashMap<>();
  private final Consumer<SessionEvent> events;
  private final BiConsumer<Duration, Runnable> later;

  /** Ranks of a host that are lost, and the first reason. */
  private record Pending(Set<Integer> ranks, String reason) {}

  /**
   * None is lost yet.
   *
   * @param later runs something after a while
   */
  LostHosts(
      Placement allocation, Consumer<SessionEvent> events, BiConsumer<Duration, Runnable> later) {
    for (Placement.Share share : allocation.shares()) {
      share.ranks().forEach(rank -> hosts.put(rank, share.host()));
      left.put(share.host(), new TreeSet<>(share.ranks()));
    }
    this.events = events;
    this.later = later;
  }

  /** These are lost, and nothing runs in them; told at once if they are the last of their host. */
  void lost(Collection<Integer> ranks, String reason) {
    for (int rank : ranks) {
      Host host = hosts.get(rank);
      if (host != null && ranksLeft(host).remove(rank)) {
        lost(host, rank, reason);
      }
    }
  }

  private void lost(Host host, int rank, String reason) {
    Pending others = pending.get(host);
    if (others == null) {
      others = new Pending(new TreeSet<>(), reason);
      pending.put(host, others);
      later.accept(MOMENT, () -> tell(host));
    }
    others.ranks().add(rank);
    if (ranksLeft(host).isEmpty()) {
      tell(host);
    }
  }

  private Set<Integer> ranksLeft(Host host) {
    return left.getOrDefault(host, new TreeSet<>());
  }

  private void tell(Host host) {
    Pending lost = pending.remove(host);
    if (lost != null) {
      events.accept(new SessionEvent.RanksLost(host, List.copyOf(lost.ranks()), lost.reason()));
    }
  }
}
