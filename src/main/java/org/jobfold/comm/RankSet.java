package org.jobfold.comm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ranks of one allocation, and GPUs of its hosts, as a set that they move in and out of. A rank or
 * a GPU is moved, never copied. Not thread-safe.
 *
 * <p>A host is its place in the allocation, its ranks are bits: moving ranks costs as much as the
 * hosts they are on, whatever the size of the allocation.
 */
final class RankSet {
  private final List<Placement.Share> allocation;
  private final SortedMap<Integer, BitSet> ranksOfHost = new TreeMap<>();
  private final NavigableMap<Integer, SortedSet<Integer>> hostsWith = new TreeMap<>();

  /** By host, which of its GPUs; hosts without any are left out. */
  private final SortedMap<Integer, BitSet> gpusOfHost = new TreeMap<>();

  /** How many ranks each process takes up. */
  private final int each;

  private int size;

  private RankSet(List<Placement.Share> allocation, int each) {
    this.allocation = allocation;
    this.each = each;
  }

  /** All ranks of an allocation. */
  static RankSet all(Placement allocation) {
    RankSet all = new RankSet(allocation.shares(), 1);
    for (int host = 0; host < all.allocation.size(); host++) {
      BitSet ranks = new BitSet();
      ranks.set(0, all.allocation.get(host).ranks().size());
      all.put(host, ranks);
      BitSet gpus = new BitSet();
      gpus.set(0, all.allocation.get(host).gpus().size());
      all.putGpus(host, gpus);
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
    RankSet taken = new RankSet(allocation, 1);
    for (int host : hostsFor(wanted)) {
      move(host, wanted - taken.size, taken);
    }
    return taken;
  }

  /**
   * Takes ranks and GPUs out for a claim, in the same way: of a host whole processes only, and of
   * those hosts only that have its GPUs; of these the first ones.
   *
   * @param claim of no more than its {@link #capacity}; ranks alone are quicker taken by number
   */
  RankSet take(Claim claim) {
    NavigableMap<Integer, List<Integer>> hosts = new TreeMap<>();
    for (int host : ranksOfHost.keySet()) {
      int processes = usable(host, claim) / claim.each();
      if (processes > 0) {
        hosts.computeIfAbsent(processes, any -> new ArrayList<>()).add(host);
      }
    }
    SortedMap<Integer, Integer> kinds = new TreeMap<>();
    hosts.forEach((processes, some) -> kinds.put(processes, some.size()));
    RankSet taken = new RankSet(allocation, claim.each());
    HostChoice.best(claim.ranks() / claim.each(), kinds)
        .descendingMap()
        .forEach(
            (processes, count) -> {
              for (int host : hosts.getOrDefault(processes, List.of()).subList(0, count)) {
                int most = processes * claim.each();
                move(host, Math.min(most, claim.ranks() - taken.size), taken);
                moveGpus(host, claim.gpus(), taken);
              }
            });
    return taken;
  }

  /** How many ranks are of use for a claim. */
  Capacity capacity(Claim claim) {
    if (claim.isPlain()) {
      return new Capacity(size, widest());
    }
    Capacity capacity = Capacity.NONE;
    for (int host : ranksOfHost.keySet()) {
      capacity = capacity.and(usable(host, claim));
    }
    return capacity;
  }

  private int usable(int host, Claim claim) {
    return claim.usable(
        ranksOfHost.getOrDefault(host, new BitSet()).cardinality(),
        gpusOfHost.getOrDefault(host, new BitSet()).cardinality());
  }

  /** How many GPUs each host has; those without are left out. */
  Map<Host, Integer> gpus() {
    Map<Host, Integer> counts = new LinkedHashMap<>();
    gpusOfHost.forEach((host, gpus) -> counts.put(allocation.get(host).host(), gpus.cardinality()));
    return counts;
  }

  /** Moves the first ranks of a host, or all if there are fewer. */
  private void move(int host, int count, RankSet to) {
    BitSet ranks = cut(host);
    int end = end(ranks, count);
    to.put(host, ranks.get(0, end));
    ranks.clear(0, end);
    put(host, ranks);
  }

  private void moveGpus(int host, int count, RankSet to) {
    BitSet gpus = cutGpus(host);
    int end = end(gpus, count);
    to.putGpus(host, gpus.get(0, end));
    gpus.clear(0, end);
    putGpus(host, gpus);
  }

  /** Behind the first so many that are set. */
  private static int end(BitSet bits, int count) {
    int end = 0;
    for (int i = count; i > 0 && end < bits.length(); i--) {
      end = bits.nextSetBit(end) + 1;
    }
    return end;
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

  /** Takes everything out. */
  RankSet takeAll() {
    RankSet taken = new RankSet(allocation, 1);
    taken.takeAll(this);
    return taken;
  }

  /** Takes over all ranks of another set, which is empty then. */
  void takeAll(RankSet other) {
    for (int host : List.copyOf(other.ranksOfHost.keySet())) {
      BitSet ranks = other.cut(host);
      ranks.or(cut(host));
      put(host, ranks);
    }
    if (!other.gpusOfHost.isEmpty()) {
      for (int host : List.copyOf(other.gpusOfHost.keySet())) {
        BitSet gpus = other.cutGpus(host);
        gpus.or(cutGpus(host));
        putGpus(host, gpus);
      }
    }
  }

  /** The most ranks that it holds on one host; 0 if it holds none. */
  int widest() {
    return hostsWith.isEmpty() ? 0 : hostsWith.lastKey();
  }

  /** Takes out all ranks and GPUs of a host. */
  RankSet take(Host host) {
    RankSet taken = new RankSet(allocation, 1);
    List.copyOf(ranksOfHost.keySet()).stream()
        .filter(index -> allocation.get(index).host().equals(host))
        .forEach(index -> taken.put(index, cut(index)));
    List.copyOf(gpusOfHost.keySet()).stream()
        .filter(index -> allocation.get(index).host().equals(host))
        .forEach(index -> taken.putGpus(index, cutGpus(index)));
    return taken;
  }

  /** Drops ranks that are lost, and the GPUs of hosts that have lost all. */
  void drop(Set<Integer> lost) {
    if (lost.isEmpty()) {
      return;
    }
    for (int host : List.copyOf(ranksOfHost.keySet())) {
      List<Integer> numbers = allocation.get(host).ranks();
      BitSet held = cut(host);
      BitSet ranks = new BitSet();
      held.stream().filter(i -> !lost.contains(numbers.get(i))).forEach(ranks::set);
      put(host, ranks);
    }
    gpusOfHost.keySet().removeIf(host -> lost.containsAll(allocation.get(host).ranks()));
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
    BitSet gpus = gpusOfHost.get(ranksOfHost.getKey());
    if (ranks.cardinality() == whole.ranks().size()
        && each == whole.each()
        && (gpus == null ? 0 : gpus.cardinality()) == whole.gpus().size()) {
      return whole;
    }
    List<Integer> part = new ArrayList<>();
    for (int i = ranks.nextSetBit(0); i >= 0; i = ranks.nextSetBit(i + 1)) {
      part.add(whole.ranks().get(i));
    }
    // Of what has lost ranks nobody is to start processes.
    return new Placement.Share(
        whole.host(),
        part,
        part.size() % each == 0 ? each : 1,
        gpus == null ? List.of() : gpus.stream().mapToObj(whole.gpus()::get).toList());
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

  private BitSet cutGpus(int host) {
    BitSet gpus = gpusOfHost.remove(host);
    return gpus == null ? new BitSet() : gpus;
  }

  private void putGpus(int host, BitSet gpus) {
    if (!gpus.isEmpty()) {
      gpusOfHost.put(host, gpus);
    }
  }
}
