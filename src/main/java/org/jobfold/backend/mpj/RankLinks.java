package org.jobfold.backend.mpj;

import java.util.List;

/** The lead's ends of the ways between it and all ranks, its own among them. */
interface RankLinks extends AutoCloseable {
  /** Is told what comes from the ranks, by any thread, in the order in which each rank sent it. */
  interface Receiver {
    /** A rank has sent this. */
    void received(int rank, Message message);

    /** A rank is gone; the last that is heard of it. */
    void lost(int rank, String reason);
  }

  /** From now on tells what comes; what came before is told first. Called once. */
  void receive(Receiver receiver);

  /** Sends to a rank; returns at once; does nothing when the rank is gone. Thread-safe. */
  void send(int rank, Message message);

  /**
   * The ranks that are a JVM of their own, which can be ended without ending others: not the
   * lead's.
   */
  List<Integer> expendable();

  /** Tells all ranks that it is over. */
  @Override
  void close();
}
