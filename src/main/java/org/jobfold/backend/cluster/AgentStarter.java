package org.jobfold.backend.cluster;

import java.io.IOException;
import java.util.List;
import org.jobfold.comm.Host;

/**
 * How agents come to the hosts that are not the lead's. Each gets the {@linkplain
 * AgentInvitation#line invitation} on its standard input, and {@linkplain AgentInvitation#command
 * comes up} by itself from there.
 *
 * <p>An implementation MUST return from {@link #start} without waiting for the agents, and hand the
 * secret on only on ways that others can not read.
 */
public interface AgentStarter extends AutoCloseable {
  /** Told when it is clear that an agent will not come. */
  @FunctionalInterface
  interface Trouble {
    /**
     * The agent of a host will not come, or is gone. Of one that has joined it is not news.
     *
     * @param why what the start of it said
     */
    void failed(Host host, String why);
  }

  /**
   * Starts agents on these hosts.
   *
   * @param trouble told from any thread
   * @throws IOException if none can be started, for one reason
   */
  void start(List<Host> hosts, AgentInvitation invitation, Trouble trouble) throws IOException;

  /** Lets go of what is left of the starts, once the agents have ended. Never throws. */
  @Override
  void close();
}
