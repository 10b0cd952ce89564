package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;

/** The ranks of hosts on which nothing is started but, after a pause, one folder at a time. */
final class WithheldHosts {
  /** Ranks that are withheld, and when one folder may be tried on them; absent: it may now. */
  private record Kept(Communicator ranks, Optional<Duration> until) {}

  private final Map<Host, Kept> all = new LinkedHashMap<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Withholds the free ranks of a host, or does so for longer. */
  void keep(Host host, Communicator free, Duration until) {
    Communicator ranks = all.containsKey(host) ? all.get(host).ranks() : free.lend(host);
    all.put(host, new Kept(ranks, Optional.of(until)));
  }

  /** Withholds the ranks as well that have come back since. */
  void gather(Communicator free) {
    all.forEach(
        (host, kept) -> {
          Communicator more = free.lend(host);
          if (more.size() > 0) {
            kept.ranks().acquire(more);
          }
          more.release();
        });
  }

  /** The pauses that are over. */
  void pass(Duration now) {
    all.replaceAll(
        (host, kept) -> new Kept(kept.ranks(), kept.until().filter(u -> u.compareTo(now) > 0)));
  }

  /** The hosts that may have a try. */
  List<Host> due() {
    List<Host> due = new ArrayList<>();
    all.forEach((host, kept) -> kept.until().ifPresentOrElse(later -> {}, () -> due.add(host)));
    return due;
  }

  /** The ranks that are withheld on a host. */
  Optional<Communicator> on(Host host) {
    return Optional.ofNullable(all.get(host)).map(Kept::ranks);
  }

  /** When the next pause is over. */
  Optional<Duration> next() {
    return all.values().stream().flatMap(k -> k.until().stream()).min(Duration::compareTo);
  }

  /** Gives the ranks of a host back. */
  void release(Host host) {
    Kept kept = all.remove(host);
    if (kept != null) {
      kept.ranks().release();
    }
  }

  /** Gives all back. */
  void release() {
    List.copyOf(all.keySet()).forEach(this::release);
  }
}
