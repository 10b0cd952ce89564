package org.jobfold.backend.mpj;

import java.util.Optional;

/**
 * A rank's end of the way between it and the lead. Messages arrive whole, once and in their order,
 * or the way is lost.
 */
interface RankLink {
  /** Sends to the lead; returns at once; does nothing when the way is lost. Thread-safe. */
  void send(Message message);

  /** Waits, without using the processor, for what the lead sends next; empty if it is gone. */
  Optional<Message> take() throws InterruptedException;
}
