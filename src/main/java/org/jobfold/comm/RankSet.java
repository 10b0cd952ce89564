package org.jobfold.comm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ranks of one allocation, as a set that ranks move in and out of. A rank is moved, never copied.
 * Not thread-safe.
 *
 * <p>A host is its place in the allocation, its ranks are bits: moving ranks costs as much as the
 * hosts they are on, whatever the size of the allocation.
 */
final class RankSet {
  private final List<Placement.Share> allocation;
  private final SortedMap<Integer, BitSet> ranksOfHost = new TreeMap<>();
  private final NavigableMap<Integer, SortedSet<Integer>> hostsWith = new TreeMap<>();
  private int size;

  private RankSet(List<Placement.Share> allocation) {
    this.allocation = allocation;
  }

  /** All ranks of an allocation. */
  static RankSet all(Placement allocation) {
    RankSet all = new RankSet(allocation.shares());
    for (int host = 0; host < all.allocation.size(); host++) {
      BitSet ranks = new BitSet();
      ranks.set(0, all.allocation.get(host).ranks().size());
      all.put(host, ranks);
    }
    return all;
  }

  int size() {
    return size;
  }

  /**
   * Takes ranks out: from the hosts of {@link HostChoice}, of equal hosts the first, on a host that
   * is broken up the lowest numbers. The host broken up is the last of those with fewest ranks.
   *
   * @param wanted from 1 to {@link #size}
   */
  RankSet take(int wanted) {
    RankSet taken = new RankSet(allocation);
    for (int host : hostsFor(wanted)) {
      BitSet ranks = cut(host);
      int end = 0;
      for (int i = wanted - taken.size; i > 0 && end < ranks.length(); i--) {
        end = ranks.nextSetBit(end) + 1;
      }
      taken.put(host, ranks.get(0, end));
      ranks.clear(0, end);
      put(host, ranks);
    }
    return taken;
  }

  private List<Integer> hostsFor(int wanted) {
    if (ranksOfHost.size() == 1) {
      return List.of(ranksOfHost.firstKey());
    }
    SortedMap<Integer, Integer> kinds = new TreeMap<>();
    hostsWith.forEach((ranks, hosts) -> kinds.put(ranks, hosts.size()));
    List<Integer> chosen = new ArrayList<>();
    HostChoice.best(wanted, kinds)
        .descendingMap()
        .forEach(
            (ranks, count) ->
                hostsWith.getOrDefault(ranks, new TreeSet<>()).stream()
                    .limit(count)
                    .forEach(chosen::add));
    return chosen;
  }

  /** Takes over all ranks of another set, which is empty then. */
  void takeAll(RankSet other) {
    for (int host : List.copyOf(other.ranksOfHost.keySet())) {
      BitSet ranks = other.cut(host);
      ranks.or(cut(host));
      put(host, ranks);
    }
  }

  /** What it holds now. */
  Placement placement() {
    List<Placement.Share> shares = new ArrayList<>(ranksOfHost.size());
    for (Map.Entry<Integer, BitSet> entry : ranksOfHost.entrySet()) {
      shares.add(share(entry));
    }
    return new Placement(shares);
  }

  private Placement.Share share(Map.Entry<Integer, BitSet> ranksOfHost) {
    Placement.Share whole = allocation.get(ranksOfHost.getKey());
    BitSet ranks = ranksOfHost.getValue();
    if (ranks.cardinality() == whole.ranks().size()) {
      return whole;
    }
    List<Integer> part = new ArrayList<>();
    for (int i = ranks.nextSetBit(0); i >= 0; i = ranks.nextSetBit(i + 1)) {
      part.add(whole.ranks().get(i));
    }
    return new Placement.Share(whole.host(), part);
  }

  /** Takes a host out; its ranks, none if it isn't there. */
  private BitSet cut(int host) {
    BitSet ranks = ranksOfHost.remove(host);
    if (ranks == null) {
      return new BitSet();
    }
    int count = ranks.cardinality();
    SortedSet<Integer> same = Objects.requireNonNull(hostsWith.get(count));
    same.remove(host);
    if (same.isEmpty()) {
      hostsWith.remove(count);
    }
    size -= count;
    return ranks;
  }

  /** Puts a host in that isn't there; nothing if it has no ranks. */
  private void put(int host, BitSet ranks) {
    int count = ranks.cardinality();
    if (count == 0) {
      return;
    }
    ranksOfHost.put(host, ranks);
    hostsWith.computeIfAbsent(count, c -> new TreeSet<>()).add(host);
    size += count;
  }
}
