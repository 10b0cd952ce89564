package org.jobfold.allocation;

import java.util.List;
import java.util.OptionalLong;
import org.jobfold.comm.Host;

/**
 * What one host of an allocation gives.
 *
 * @param host its name, as the batch system says it
 * @param ranks how many ranks it has, at least 1
 * @param cores how many processors the batch system counts there, at least 1; may be fewer than
 *     ranks where the user has asked for that
 * @param megabytes of memory; absent where that is not said or is all there is
 * @param gpus their ids where this program runs, elsewhere their numbers from 0 on
 */
public record Node(Host host, int ranks, int cores, OptionalLong megabytes, List<String> gpus) {
  /** Refuses a host without ranks or cores. */
  public Node {
    gpus = List.copyOf(gpus);
    if (ranks < 1 || cores < 1) {
      throw new IllegalArgumentException(
          "host '%s' has %d ranks and %d cores: at least 1 of each are needed"
              .formatted(host, ranks, cores));
    }
  }

  /** A host of which nothing else is said than its ranks and cores. */
  static Node of(String host, int ranks, int cores) {
    return new Node(new Host(host), ranks, cores, OptionalLong.empty(), List.of());
  }

  /** How many cores each rank has; 1 where ranks have to share. */
  public int coresPerRank() {
    return Math.max(1, cores / ranks);
  }

  /** The same with other GPUs. */
  Node withGpus(List<String> ids) {
    return new Node(host, ranks, cores, megabytes, ids);
  }

  /** The same with another number of ranks. */
  Node withRanks(int count) {
    return new Node(host, count, cores, megabytes, gpus);
  }
}
