package org.jobfold.comm;

import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which hosts a number of ranks is taken from: the fewest hosts, and of all sets of so few hosts
 * one that leaves the fewest ranks behind on them. None left behind means whole hosts only; for a
 * single host it is the best fit.
 *
 * <p>A host is known by the ranks free on it only. The hosts being as few as can be, what is left
 * behind is always less than any one of them has, so that one host at most is broken up.
 */
final class HostChoice {
  /** Ranks × kinds of hosts up to which the search is exact: about a millisecond. */
  private static final long CELLS = 1 << 18;

  private HostChoice() {}

  /**
   * How many hosts to take of each kind.
   *
   * @param wanted how many ranks, from 1 to the ranks of all hosts
   * @param hosts ranks free on a host → how many such hosts there are
   * @return ranks free on a host → how many such hosts to take; the widest hosts are taken without
   *     a search where it would be larger than {@link #CELLS}
   */
  static NavigableMap<Integer, Integer> best(int wanted, SortedMap<Integer, Integer> hosts) {
    NavigableMap<Integer, Integer> rest = new TreeMap<>(hosts);
    NavigableMap<Integer, Integer> widest = new TreeMap<>();
    int fewest = 0;
    int missing = wanted;
    while (missing > 0) {
      int ranks = rest.lastKey();
      int count = Math.min(rest.getOrDefault(ranks, 0), (missing - 1) / ranks + 1);
      move(ranks, count, rest, widest);
      fewest += count;
      missing -= count * ranks;
    }
    if (missing == 0) {
      return widest;
    }
    return leastLeftBehind(wanted, fewest, wanted - missing, new TreeMap<>(hosts));
  }

  private static NavigableMap<Integer, Integer> leastLeftBehind(
      int wanted, int fewest, int widest, NavigableMap<Integer, Integer> rest) {
    NavigableMap<Integer, Integer> taken = new TreeMap<>();
    int missing = wanted;
    int limit = widest;
    int left = fewest;
    while (left > 1 && (long) limit * rest.size() > CELLS) {
      int ranks = rest.lastKey();
      move(ranks, 1, rest, taken);
      missing -= ranks;
      limit -= ranks;
      left--;
    }
    if (left == 1) {
      move(rest.tailMap(missing).firstKey(), 1, rest, taken);
      return taken;
    }
    List<SubsetSums.Kind> kinds =
        rest.descendingMap().entrySet().stream()
            .map(e -> new SubsetSums.Kind(e.getKey(), e.getValue()))
            .toList();
    SubsetSums sums = SubsetSums.upTo(limit, kinds);
    int hosts = left;
    int total =
        IntStream.rangeClosed(missing, limit)
            .filter(t -> sums.reaches(t, hosts))
            .findFirst()
            .orElseThrow();
    List<Integer> counts = sums.counts(total);
    for (int i = 0; i < counts.size(); i++) {
      move(kinds.get(i).size(), counts.get(i), rest, taken);
    }
    return taken;
  }

  private static void move(
      int ranks, int count, SortedMap<Integer, Integer> from, SortedMap<Integer, Integer> to) {
    if (count == 0) {
      return;
    }
    to.merge(ranks, count, Integer::sum);
    if (from.merge(ranks, -count, Integer::sum) == 0) {
      from.remove(ranks);
    }
  }
}
