package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.backend.mpj.Message.AgentEnded;
import org.jobfold.backend.mpj.Message.Here;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/** What the lead knows of the ranks of its world before a run, and the way to them. */
final class MpjLead implements RankLinks.Receiver {
  private final int size;
  private final RankLinks links;
  private final SortedMap<Integer, Host> hosts = new TreeMap<>();
  private final SortedMap<Integer, String> lost = new TreeMap<>();
  private final RankAgents agents;
  private Optional<RankLinks.Receiver> receiver = Optional.empty();

  private MpjLead(int size, RankLinks links) {
    this.size = size;
    this.links = links;
    this.agents = new RankAgents(links, this::firstRank);
  }

  /**
   * Waits for all ranks.
   *
   * @throws IllegalStateException if some do not come
   */
  static MpjLead await(int size, RankLinks links, Duration patience) throws InterruptedException {
    MpjLead lead = new MpjLead(size, links);
    links.receive(lead);
    lead.await(patience);
    return lead;
  }

  private synchronized void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (hosts.size() < size) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || !lost.isEmpty()) {
        TreeSet<Integer> missing = new TreeSet<>();
        for (int rank = 0; rank < size; rank++) {
          if (!hosts.containsKey(rank)) {
            missing.add(rank);
          }
        }
        throw new IllegalStateException(
            "of the "
                + size
                + " ranks of the MPJ Express world, these do not answer: "
                + missing
                + (lost.isEmpty() ? "" : " (" + lost + ")"));
      }
      wait(left);
    }
  }

  @Override
  public synchronized void received(int rank, Message message) {
    if (message instanceof AgentEnded ended) {
      agents.ended(rank, ended.why());
    } else if (receiver.isPresent()) {
      receiver.get().received(rank, message);
    } else if (message instanceof Here here) {
      hosts.put(rank, new Host(here.host()));
      notifyAll();
    }
  }

  /** Brings agents to the hosts of the ranks. */
  RankAgents agents() {
    return agents;
  }

  @Override
  public synchronized void lost(int rank, String reason) {
    lost.put(rank, reason);
    receiver.ifPresent(r -> r.lost(rank, reason));
    agents.ended(rank, "rank " + rank + " is lost: " + reason);
    notifyAll();
  }

  /** What comes from now on goes there; ranks that are lost already are told first. */
  synchronized void deliverTo(RankLinks.Receiver other) {
    receiver = Optional.of(other);
    lost.forEach(other::lost);
  }

  RankLinks links() {
    return links;
  }

  /** The first rank on a host that is not lost. */
  private synchronized OptionalInt firstRank(Host host) {
    return hosts.entrySet().stream()
        .filter(each -> each.getValue().equals(host) && !lost.containsKey(each.getKey()))
        .mapToInt(Map.Entry::getKey)
        .findFirst();
  }

  /** All ranks, on the hosts that they say they are on. */
  synchronized Placement allocation() {
    Map<Host, List<Integer>> ranks = new LinkedHashMap<>();
    hosts.forEach((rank, host) -> ranks.computeIfAbsent(host, h -> new ArrayList<>()).add(rank));
    List<Placement.Share> shares = new ArrayList<>();
    ranks.forEach((host, each) -> shares.add(new Placement.Share(host, each)));
    return new Placement(shares);
  }
}
