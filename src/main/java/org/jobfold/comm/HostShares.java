package org.jobfold.comm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How many parts each host gets, where none may be on two hosts: one after another, to the host
 * that has the most ranks for each of its parts then (the method of highest averages, Jefferson
 * 1792, D'Hondt 1878). That makes the smallest part as large as can be.
 */
final class HostShares {
  private HostShares() {}

  private record Average(int place, int ranks, int parts) {
    /** By fractions, without dividing: ranks / parts of the one and the other. */
    static int compare(Average one, Average other) {
      int most = Long.compare((long) other.ranks * one.parts, (long) one.ranks * other.parts);
      return most != 0 ? most : Integer.compare(one.place, other.place);
    }
  }

  /**
   * Hosts with the number of their parts, in the order of the hosts; those with none are left out.
   *
   * @param parts from 1 to the number of ranks
   */
  static Map<Host, Integer> of(Placement placement, int parts) {
    PriorityQueue<Average> next = new PriorityQueue<>(Average::compare);
    for (int i = 0; i < placement.shares().size(); i++) {
      next.add(new Average(i, placement.shares().get(i).ranks().size(), 1));
    }
    int[] counts = new int[placement.shares().size()];
    for (int i = 0; i < parts; i++) {
      Average most = next.remove();
      counts[most.place()]++;
      next.add(new Average(most.place(), most.ranks(), most.parts() + 1));
    }
    Map<Host, Integer> shares = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        shares.put(placement.shares().get(i).host(), counts[i]);
      }
    }
    return shares;
  }
}
