package org.jobfold.comm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Allocations for tests: hosts {@code n0}, {@code n1}, … with ranks numbered through them. */
final class Allocations {
  private Allocations() {}

  /** Hosts that have so many ranks each. */
  static Placement hosts(int... ranks) {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < ranks.length; i++) {
      shares.add(
          new Placement.Share(
              new Host("n" + i), IntStream.range(next, next + ranks[i]).boxed().toList()));
      next += ranks[i];
    }
    return new Placement(shares);
  }

  /** Equal hosts. */
  static Placement equal(int hosts, int ranks) {
    return hosts(IntStream.range(0, hosts).map(i -> ranks).toArray());
  }

  /** What is where, in short: {@code n0:0-7 n1:8-10}. */
  static String text(Communicator communicator) {
    List<String> texts = new ArrayList<>();
    for (Placement.Share share : communicator.placement().shares()) {
      texts.add(share.host() + ":" + ranges(share.ranks()));
    }
    return String.join(" ", texts);
  }

  private static String ranges(List<Integer> ranks) {
    List<String> ranges = new ArrayList<>();
    int first = ranks.get(0);
    for (int i = 1; i <= ranks.size(); i++) {
      int last = ranks.get(i - 1);
      if (i == ranks.size() || ranks.get(i) != last + 1) {
        ranges.add(first == last ? "" + first : first + "-" + last);
        first = i == ranks.size() ? last : ranks.get(i);
      }
    }
    return String.join(",", ranges);
  }
}
