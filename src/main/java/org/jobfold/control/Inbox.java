package org.jobfold.control;

import io.netty.handler.codec.CorruptedFrameException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Puts the parts of a message together. */
final class Inbox {
  private ByteArrayOutputStream parts = new ByteArrayOutputStream();

  /** Takes a part; returns the message if it is the last one. */
  Optional<byte[]> add(Frame frame) {
    byte[] payload = frame.payload();
    if (parts.size() + payload.length > Peer.LONGEST_MESSAGE) {
      throw new CorruptedFrameException(
          "a message of more than " + Peer.LONGEST_MESSAGE + " bytes arrived");
    }
    if (frame.kind() == Frame.Kind.MESSAGE && parts.size() == 0) {
      return Optional.of(payload);
    }
    parts.writeBytes(payload);
    if (frame.kind() == Frame.Kind.PART) {
      return Optional.empty();
    }
    byte[] message = parts.toByteArray();
    parts = new ByteArrayOutputStream();
    return Optional.of(message);
  }
}
