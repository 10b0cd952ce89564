package org.jobfold.comm;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which ranks on which hosts: an immutable picture of a communicator.
 *
 * @param shares each host with the ranks on it, in the order of the hosts; no host twice, no rank
 *     twice; may be empty
 */
public record Placement(List<Share> shares) {
  /**
   * The ranks on one host, and what goes with them.
   *
   * @param host the host
   * @param ranks their numbers in the allocation, ascending from 0 or more, at least one
   * @param each how many of them one process takes up, at least 1; divides their number
   * @param gpus the ids of the GPUs there, none twice
   */
  public record Share(Host host, List<Integer> ranks, int each, List<String> gpus) {
    /** Ranks that are a process each, without GPUs. */
    public Share(Host host, List<Integer> ranks) {
      this(host, ranks, 1, List.of());
    }

    /** Copies the lists; refuses ranks that are none, negative or not ascending. */
    public Share {
      ranks = List.copyOf(ranks);
      gpus = List.copyOf(gpus);
      if (each < 1 || (each != 1 && ranks.size() % each != 0)) {
        throw new IllegalArgumentException(
            "host '%s' has %d ranks, which are no processes of %d ranks each"
                .formatted(host, ranks.size(), each));
      }
      if (gpus.size() > 1 && new HashSet<>(gpus).size() < gpus.size()) {
        throw new IllegalArgumentException(
            "host '" + host + "' has a GPU twice in " + gpus + ": name each once");
      }
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

    /** How many processes there are. */
    public int processes() {
      return ranks.size() / each;
    }

    /** The first rank of each process. */
    public List<Integer> leaders() {
      return each == 1
          ? ranks
          : IntStream.range(0, processes()).mapToObj(i -> ranks.get(i * each)).toList();
    }

    /** The same with other GPUs. */
    public Share withGpus(List<String> ids) {
      return new Share(host, ranks, each, ids);
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

  /** How many processes there are on all hosts. */
  public int processes() {
    return shares.stream().mapToInt(Share::processes).sum();
  }

  /** The same with other GPUs on each host. */
  public Placement withGpus(Function<Host, List<String>> ids) {
    return new Placement(
        shares.stream().map(share -> share.withGpus(ids.apply(share.host()))).toList());
  }

  /** The most GPUs that one host has. */
  public int mostGpus() {
    return shares.stream().mapToInt(share -> share.gpus().size()).max().orElse(0);
  }

  /** The names of the hosts, in order. */
  public List<Host> hosts() {
    return shares.stream().map(Share::host).toList();
  }

  /**
   * The text of a machine file that Open MPI, MPICH and MPJ Express all read: a line with the
   * host's name for each process.
   */
  public String machineFile() {
    return shares.stream()
        .map(s -> (s.host().name() + "\n").repeat(s.processes()))
        .collect(Collectors.joining());
  }
}
