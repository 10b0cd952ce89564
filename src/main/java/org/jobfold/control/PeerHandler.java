package org.jobfold.control;

/**
 * What is told of peers: by one thread at a time for one peer, in the order in which it happened,
 * and nothing after {@link #left} or {@link #lost}, of which one comes exactly once for each peer
 * that has joined. It must not block long: what it does not take up piles up, and in the end the
 * connection is lost.
 */
public interface PeerHandler {
  /**
   * On the lead's side: a member that knows the secret has joined.
   *
   * @param hello the first message of the member
   */
  void joined(Peer peer, byte[] hello);

  /** A message has arrived. A member may get the first one before its join has returned. */
  void received(Peer peer, byte[] message);

  /** The connection has ended in order: one of its ends has closed it. The last call. */
  void left(Peer peer);

  /**
   * The connection broke or the lease ran out. The last call. When the lead is told, the lease of
   * the member ends at most {@link Lease#silence} later, however slow the network is.
   */
  void lost(Peer peer, String reason);
}
