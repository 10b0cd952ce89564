package org.jobfold.control;

import java.util.Objects;

/**
 * What travels sealed: a kind, and bytes of which the frame takes possession.
 *
 * <pre>
 * length of the rest (4 bytes)  sealed: { kind (1)  payload }  tag (16)
 * </pre>
 */
final class Frame {
  /** How many bytes of a message are in one frame at most: longer ones travel in parts. */
  static final int LONGEST_PAYLOAD = 64 << 10;

  /** What a frame is. The order is that of the numbers on the wire. */
  enum Kind {
    /** A part of a message that goes on in the next part. */
    PART,
    /** The last part of a message, or all of it. */
    MESSAGE,
    /** A sign of life: a time of the member's clock, which the lead sends back. */
    BEAT,
    /** The last frame of this direction. */
    GOODBYE
  }

  private final Kind kind;
  private final byte[] payload;

  Frame(Kind kind, byte[] payload) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.payload = payload;
  }

  Kind kind() {
    return kind;
  }

  byte[] payload() {
    return payload;
  }
}
