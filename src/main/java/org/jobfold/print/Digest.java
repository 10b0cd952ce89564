package org.jobfold.print;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A SHA-256 digest: 32 bytes, big-endian in its four numbers.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31
 */
public record Digest(long first, long second, long third, long fourth) {
  /** How many bytes it has. */
  public static final int BYTES = 32;

  /**
   * A digest from its bytes.
   *
   * @throws IllegalArgumentException if these are not 32 bytes
   */
  public static Digest of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a digest has " + BYTES + " bytes, these are " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** The digest of what was put in. What was put in is forgotten. */
  public static Digest of(MessageDigest finished) {
    return of(finished.digest());
  }

  /**
   * A digest from its hexadecimal digits.
   *
   * @throws IllegalArgumentException if these are not 64 of them
   */
  public static Digest parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** Puts its bytes where there is room for them. */
  void putInto(ByteBuffer buffer) {
    buffer.putLong(first).putLong(second).putLong(third).putLong(fourth);
  }

  /** In 64 lower-case hexadecimal digits, as {@code sha256sum} prints it. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(first)
        + hex.toHexDigits(second)
        + hex.toHexDigits(third)
        + hex.toHexDigits(fourth);
  }
}
