package org.jobfold.print;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Texts and numbers on their way into a digest. Each text is preceded by its length, so that no two
 * sequences of texts give the same bytes.
 *
 * <p>Texts go in as UTF-16 code units, big-endian, since not every text of Java has a form in
 * UTF-8.
 */
public final class Sha256 {
  private final MessageDigest digest = create();
  private ByteBuffer buffer = ByteBuffer.allocate(256);

  /** Nothing is put in yet. */
  public Sha256() {}

  /** A new SHA-256, which every Java platform has. */
  public static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Sha256 number(int number) {
    room(Integer.BYTES).putInt(number);
    return this;
  }

  Sha256 kind(byte kind) {
    room(1).put(kind);
    return this;
  }

  Sha256 text(String text) {
    ByteBuffer room = room(Integer.BYTES + 2 * text.length());
    room.putInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      room.putChar(text.charAt(i));
    }
    return this;
  }

  Sha256 digest(Digest other) {
    other.putInto(room(Digest.BYTES));
    return this;
  }

  /** The digest of all that was put in. */
  Digest done() {
    digest.update(buffer.flip());
    buffer.clear();
    return Digest.of(digest);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      digest.update(buffer.flip());
      buffer = bytes > buffer.capacity() ? ByteBuffer.allocate(bytes) : buffer.clear();
    }
    return buffer;
  }
}
