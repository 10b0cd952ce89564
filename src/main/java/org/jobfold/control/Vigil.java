package org.jobfold.control;

import java.time.Duration;
import java.util.Optional;

/**
 * Until when the other end counts as alive, in the time of {@link System#nanoTime}, which no change
 * of the clock moves.
 *
 * <p>The member sends the time of its own clock with each beat; the lead sends it back. The member
 * may go on until so long after the latest of its times that came back, the lead waits so long
 * after the latest frame that came. So the lease of the member ends no later than that of the lead,
 * however long a frame was under way: what the lead had sent back, it had got before (Gray and
 * Cheriton 1989).
 */
sealed interface Vigil permits LeadVigil, MemberVigil {
  /** A genuine frame has come. */
  void heard(long now);

  /** A beat has come. Returns what is to be sent back. */
  Optional<byte[]> beat(byte[] payload);

  /** What is to be sent as a beat of its own, for an end that does so. */
  Optional<byte[]> ownBeat(long now);

  /** When the other end is given up, unless something comes before. */
  long end();

  /** Whether what has come may still be acted on. Any thread. */
  boolean mayDeliver(long now);

  default boolean isOver(long now) {
    return now - end() >= 0;
  }

  /** The words for what is over. */
  default String reason(Duration silence) {
    return "nothing was heard of it for " + silence.toMillis() / 1e3 + " s";
  }
}
