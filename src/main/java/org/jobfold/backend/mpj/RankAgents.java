package org.jobfold.backend.mpj;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jobfold.backend.cluster.AgentInvitation;
import org.jobfold.backend.cluster.AgentStarter;
import org.jobfold.backend.mpj.Message.StartAgent;
import org.jobfold.comm.Host;

/**
 * Has the first rank of each host bring the agent that starts programs there. An agent is a process
 * of its own: it goes on when the JVM of its rank dies, and ends when its lead does.
 */
final class RankAgents implements AgentStarter {
  private final RankLinks links;
  private final Function<Host, OptionalInt> firstRank;
  private final Map<Integer, Runnable> started = new HashMap<>();
  private final Map<Integer, String> ends = new HashMap<>();

  /**
   * Agents that come by these ways.
   *
   * @param firstRank the rank of a host that brings its agent, if there is one
   */
  RankAgents(RankLinks links, Function<Host, OptionalInt> firstRank) {
    this.links = links;
    this.firstRank = firstRank;
  }

  @Override
  public void start(List<Host> hosts, AgentInvitation invitation, Trouble trouble) {
    for (Host host : hosts) {
      OptionalInt rank = firstRank.apply(host);
      if (rank.isEmpty()) {
        trouble.failed(host, "all its ranks are lost");
        continue;
      }
      int bringer = rank.getAsInt();
      synchronized (this) {
        ends.remove(bringer);
        started.put(bringer, () -> trouble.failed(host, end(bringer)));
      }
      links.send(bringer, new StartAgent(AgentInvitation.command(), invitation.line(host)));
    }
  }

  private synchronized String end(int rank) {
    return ends.getOrDefault(rank, "");
  }

  /** What a rank has brought has ended, or the rank has. */
  void ended(int rank, String why) {
    Runnable tell;
    synchronized (this) {
      ends.put(rank, why);
      tell = started.remove(rank);
    }
    if (tell != null) {
      tell.run();
    }
  }

  /** The agents have ended by themselves, and with them all that was started. */
  @Override
  public void close() {}
}
