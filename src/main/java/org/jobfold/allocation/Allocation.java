package org.jobfold.allocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/**
 * The hosts that a batch system has given to this program, and until when.
 *
 * @param system who gives them
 * @param job the batch system's name of the job; empty where there is none
 * @param nodes the hosts, in the order of the batch system; at least one, none twice
 * @param end when they are taken away, where the environment says it
 */
public record Allocation(BatchSystem system, String job, List<Node> nodes, Optional<Instant> end) {
  /** Copies the list; refuses one without hosts, or with a host that comes twice. */
  public Allocation {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("an allocation has at least one host");
    }
    Set<Host> seen = new HashSet<>();
    for (Node node : nodes) {
      if (!seen.add(node.host())) {
        throw new IllegalArgumentException("host '" + node.host() + "' comes twice");
      }
    }
  }

  /** How many ranks there are on all hosts. */
  public int ranks() {
    return nodes.stream().mapToInt(Node::ranks).sum();
  }

  /** The same with these GPUs on each host. */
  public Allocation withGpus(List<String> ids) {
    return new Allocation(
        system, job, nodes.stream().map(node -> node.withGpus(ids)).toList(), end);
  }

  /** All ranks, numbered through the hosts, without their GPUs. */
  public Placement placement() {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (Node node : nodes) {
      shares.add(
          new Placement.Share(
              node.host(), IntStream.range(next, next + node.ranks()).boxed().toList()));
      next += node.ranks();
    }
    return new Placement(shares);
  }

  /**
   * Another number of ranks on these hosts, dealt out by their cores; hosts that would have none
   * are left out, so that there are fewer hosts than ranks.
   *
   * @param wanted at least 1
   */
  public Allocation withRanks(int wanted) {
    if (wanted < 1) {
      throw new IllegalArgumentException(wanted + " ranks are none: give 1 or more");
    }
    if (wanted == ranks()) {
      return this;
    }
    long cores = nodes.stream().mapToLong(Node::cores).sum();
    List<Node> dealt = new ArrayList<>();
    long before = 0;
    for (Node node : nodes) {
      // The shares of the hosts so far, rounded up: what the next ones have is never negative.
      long upTo = ceiling((before + node.cores()) * wanted, cores);
      int count = (int) (upTo - ceiling(before * wanted, cores));
      before += node.cores();
      if (count > 0) {
        dealt.add(node.withRanks(count));
      }
    }
    return new Allocation(system, job, dealt, end);
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /**
   * The host with this name; or, where no name is quite the same, the only one whose name is the
   * same up to the first dot: batch systems differ in whether they say the domain.
   */
  public Optional<Host> find(String name) {
    List<Host> hosts = nodes.stream().map(Node::host).toList();
    List<Host> same = hosts.stream().filter(host -> host.name().equals(name)).toList();
    if (same.isEmpty()) {
      same = hosts.stream().filter(host -> first(host.name()).equals(first(name))).toList();
    }
    return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
  }

  /** What a host of it gives. */
  public Optional<Node> node(Host host) {
    return nodes.stream().filter(node -> node.host().equals(host)).findFirst();
  }

  private static String first(String name) {
    return Objects.requireNonNull(name.split("\\.", 2)[0]);
  }
}
