package org.jobfold.comm;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which ranks on which hosts: an immutable picture of a communicator.
 *
 * @param shares each host with the ranks on it, in the order of the hosts; no host twice, no rank
 *     twice; may be empty
 */
public record Placement(List<Share> shares) {
  /**
   * The ranks on one host.
   *
   * @param host the host
   * @param ranks their numbers in the allocation, ascending from 0 or more, at least one
   */
  public record Share(Host host, List<Integer> ranks) {
    /** Copies the list; refuses one that is empty, negative or not ascending. */
    public Share {
      ranks = List.copyOf(ranks);
      if (ranks.isEmpty()) {
        throw new IllegalArgumentException(
            "host '" + host + "' has no ranks: leave out a host that has none");
      }
      int before = -1;
      for (int rank : ranks) {
        if (rank <= before) {
          throw new IllegalArgumentException(
              "host '%s' has rank %d after %d: give ranks from 0 on, ascending, each once"
                  .formatted(host, rank, before));
        }
        before = rank;
      }
    }
  }

  /** Copies the list; refuses a host or a rank that comes twice. */
  public Placement {
    shares = List.copyOf(shares);
    if (shares.size() > 1) {
      refuseWhatComesTwice(shares);
    }
  }

  private static void refuseWhatComesTwice(List<Share> shares) {
    Set<Host> hosts = new HashSet<>();
    for (Share share : shares) {
      if (!hosts.add(share.host())) {
        throw new IllegalArgumentException(
            "host '" + share.host() + "' comes twice: give all its ranks in one share");
      }
    }
    int[] ranks = shares.stream().flatMapToInt(s -> s.ranks().stream().mapToInt(r -> r)).toArray();
    Arrays.sort(ranks);
    for (int i = 1; i < ranks.length; i++) {
      if (ranks[i] == ranks[i - 1]) {
        throw new IllegalArgumentException(
            "rank " + ranks[i] + " is on two hosts: number the ranks through all hosts");
      }
    }
  }

  /** How many ranks there are on all hosts. */
  public int size() {
    return shares.stream().mapToInt(s -> s.ranks().size()).sum();
  }

  /** The names of the hosts, in order. */
  public List<Host> hosts() {
    return shares.stream().map(Share::host).toList();
  }

  /**
   * The text of a machine file that Open MPI, MPICH and MPJ Express all read: a line with the
   * host's name for each rank.
   */
  public String machineFile() {
    return shares.stream()
        .map(s -> (s.host().name() + "\n").repeat(s.ranks().size()))
        .collect(Collectors.joining());
  }
}
