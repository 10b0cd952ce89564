package org.jobfold.control;

/**
 * One end of a connection between lead and member. Its messages arrive whole, unchanged, once and
 * in the order of {@link #send}, or the connection is lost. It never waits for the other end.
 */
public interface Peer {
  /** How many bytes a message has at most. */
  int LONGEST_MESSAGE = 16 << 20;

  /**
   * Sends a message; in order; returns at once; thread-safe. After the connection is lost or closed
   * it does nothing. If so much waits to be sent that the other end can not be reading, the
   * connection is lost.
   *
   * @param message not changed afterwards by the caller
   * @throws IllegalArgumentException if it is longer than {@link #LONGEST_MESSAGE}
   */
  void send(byte[] message);

  /**
   * Ends the connection when what was sent is out; both ends get {@link PeerHandler#left}, not
   * {@link PeerHandler#lost}, when all that either had sent has arrived. Returns at once.
   */
  void close();

  /** The address of the other end, for people. */
  String address();
}
