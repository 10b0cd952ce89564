package org.jobfold.backend.mpj.start;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Which rank is on which host: each host has its ranks in a row. */
final class Layout {
  private Layout() {}

  /**
   * Spreads ranks evenly: each host gets one after another in turn, until it has as many as it is
   * named times; when all have that many and some are left, it begins anew.
   *
   * @param hosts names of hosts; one that is named n times has n places
   * @param size how many ranks; without it, as many as there are places
   */
  static List<HostRanks> of(List<String> hosts, OptionalInt size) {
    Map<String, Integer> places = new LinkedHashMap<>();
    hosts.forEach(host -> places.merge(host, 1, Integer::sum));
    Map<String, Integer> counts = new LinkedHashMap<>();
    places.keySet().forEach(host -> counts.put(host, 0));
    int left = size.orElse(hosts.size());
    for (int factor = 1; left > 0; factor++) {
      left = fill(places, counts, factor, left);
    }
    return numbered(counts);
  }

  /** The same without some hosts: the others have as many ranks as before, in a row again. */
  static List<HostRanks> without(Set<String> hosts, List<HostRanks> layout) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    layout.stream()
        .filter(host -> !hosts.contains(host.host()))
        .forEach(host -> counts.put(host.host(), host.ranks().size()));
    return numbered(counts);
  }

  private static List<HostRanks> numbered(Map<String, Integer> counts) {
    List<HostRanks> layout = new ArrayList<>();
    int next = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      int end = next + entry.getValue();
      layout.add(new HostRanks(entry.getKey(), IntStream.range(next, end).boxed().toList()));
      next = end;
    }
    return List.copyOf(layout);
  }

  private static int fill(
      Map<String, Integer> places, Map<String, Integer> counts, int factor, int ranks) {
    int left = ranks;
    boolean full = false;
    while (left > 0 && !full) {
      full = true;
      for (Map.Entry<String, Integer> entry : counts.entrySet()) {
        int limit = factor * places.getOrDefault(entry.getKey(), 0);
        if (left > 0 && entry.getValue() < limit) {
          entry.setValue(entry.getValue() + 1);
          left--;
          full = false;
        }
      }
    }
    return left;
  }
}
