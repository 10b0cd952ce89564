package org.jobfold.backend.local;

import java.util.List;

/**
 * What the ranks of a host have of its cores: each as many as any other, those that come first the
 * first ones.
 *
 * @param first the number of its first rank in the allocation
 * @param ranks how many ranks follow one another from there, at least 1
 * @param cores how many cores the batch system counts on the host, at least 1
 */
public record CoreShare(int first, int ranks, int cores) {
  /** Refuses a host without ranks or cores. */
  public CoreShare {
    if (first < 0 || ranks < 1 || cores < 1) {
      throw new IllegalArgumentException(
          "ranks from %d on, %d of them, can not share %d cores".formatted(first, ranks, cores));
    }
  }

  /** How many cores a rank has; 1 where ranks have to share. */
  public int perRank() {
    return Math.max(1, cores / ranks);
  }

  /**
   * The cores of some ranks. There are none to tell where the system gives this program other cores
   * than the batch system counts, since nobody knows then which ones are ours; and where there are
   * fewer than ranks.
   *
   * @param wanted numbers of ranks of this host
   * @param allowed the cores that this program may use, those that are near one another side by
   *     side
   * @return numbers of cores, or nothing
   */
  public List<Integer> of(List<Integer> wanted, List<Integer> allowed) {
    if (allowed.size() != cores || cores < ranks) {
      return List.of();
    }
    return wanted.stream()
        .map(rank -> (rank - first) * perRank())
        .flatMap(begin -> allowed.subList(begin, begin + perRank()).stream())
        .sorted()
        .toList();
  }
}
