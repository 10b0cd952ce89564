package org.jobfold.walk;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/** The ranks that a walk was given, by host, without those that were lost. */
final class OwnHosts {
  private final Map<Host, BitSet> ranks = new LinkedHashMap<>();
  private final Placement given;
  private final int sizeAtFirst;
  private final WalkRules.Wide wide;
  private int size;
  private int widest;

  OwnHosts(Placement given, WalkRules.Wide wide) {
    this.given = given;
    this.wide = wide;
    for (Placement.Share share : given.shares()) {
      BitSet numbers = new BitSet();
      share.ranks().forEach(numbers::set);
      ranks.put(share.host(), numbers);
    }
    sizeAtFirst = given.size();
    count();
  }

  private void count() {
    size = 0;
    widest = 0;
    for (BitSet each : ranks.values()) {
      int here = each.cardinality();
      size += here;
      widest = Math.max(widest, here);
    }
  }

  /** Takes out ranks of a host. How many of them were there. */
  int lose(Host host, Collection<Integer> lost) {
    BitSet there = ranks.get(host);
    if (there == null) {
      return 0;
    }
    int before = there.cardinality();
    lost.forEach(there::clear);
    int gone = before - there.cardinality();
    if (there.isEmpty()) {
      ranks.remove(host);
    }
    count();
    return gone;
  }

  /** How many ranks are left. */
  int size() {
    return size;
  }

  /** What there was before any was lost. */
  Placement atFirst() {
    return given;
  }

  /** How many ranks there were before any was lost. */
  int sizeAtFirst() {
    return sizeAtFirst;
  }

  /** Whether some are lost, here or before. */
  boolean areFewer() {
    return wide == WalkRules.Wide.LEFT || size < sizeAtFirst;
  }

  /** Whether what is left would be enough for a folder, were all of it free. */
  boolean areEnoughFor(Need need) {
    return need.claim().isPlain() ? Math.max(1, need.ranks()) <= size() : left().fits(need);
  }

  private Room left() {
    Map<Host, Integer> counts = new LinkedHashMap<>();
    Map<Host, Integer> gpus = new LinkedHashMap<>();
    for (Placement.Share share : given.shares()) {
      if (on(share.host()) > 0) {
        counts.put(share.host(), on(share.host()));
        gpus.put(share.host(), share.gpus().size());
      }
    }
    return new Room(counts, gpus, widest());
  }

  /** How many are left on a host. */
  int on(Host host) {
    return ranks.getOrDefault(host, new BitSet()).cardinality();
  }

  /** The most that are left on one host. */
  int widest() {
    return widest;
  }

  /** How many hosts have ranks. */
  int hosts() {
    return ranks.size();
  }
}
