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

  /** What a frame is. The numbers are those on the wire, from 0 on and in order. */
  enum Kind {
    /** A part of a message that goes on in the next part. */
    PART(0),
    /** The last part of a message, or all of it. */
    MESSAGE(1),
    /** A sign of life: a time of the member's clock, which the lead sends back. */
    BEAT(2),
    /** The last frame of this direction. */
    GOODBYE(3),
    /** How much of what came has been taken up since the last one: so much more may be sent. */
    CREDIT(4);

    private final byte number;

    Kind(int number) {
      this.number = (byte) number;
    }

    /** How it is told on the wire. */
    byte number() {
      return number;
    }
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
