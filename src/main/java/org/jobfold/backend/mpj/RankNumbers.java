package org.jobfold.backend.mpj;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ranks of the world, for people: {@code rank 3}, {@code ranks 1, 2}.
 *
 * @param ranks at least one
 */
record RankNumbers(SortedSet<Integer> ranks) {
  static RankNumbers of(Collection<Integer> ranks) {
    return new RankNumbers(new TreeSet<>(ranks));
  }

  @Override
  public String toString() {
    return (ranks.size() == 1 ? "rank " : "ranks ")
        + ranks.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
