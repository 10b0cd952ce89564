package org.jobfold.comm;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which ranks on which hosts: an immutable picture of a communicator.
 *
 * @param shares each host with the ranks on it, in the order of the hosts; no host twice, no empty
 *     share
 */
public record Placement(List<Share> shares) {
  /**
   * The ranks on one host.
   *
   * @param host the host
   * @param ranks their numbers in the allocation, ascending, at least one
   */
  public record Share(Host host, List<Integer> ranks) {
    /** Copies the list. */
    public Share {
      ranks = List.copyOf(ranks);
    }
  }

  /** Copies the list. */
  public Placement {
    shares = List.copyOf(shares);
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
