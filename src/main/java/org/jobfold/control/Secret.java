package org.jobfold.control;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What lead and members of one run know, and nobody else: 256 random bits. It never prints itself.
 */
public final class Secret {
  private static final int BYTES = 32;

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static Secret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(bytes);
  }

  /**
   * From what {@link #hex} has written.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits; the message does not show
   *     it
   */
  public static Secret of(String hex) {
    if (!hex.matches("[0-9a-fA-F]{" + 2 * BYTES + "}")) {
      throw new IllegalArgumentException(
          "the secret is " + hex.length() + " characters that are not 64 hexadecimal digits");
    }
    return new Secret(HexFormat.of().parseHex(hex));
  }

  /** As 64 hexadecimal digits, to be handed to members on a way that others can not read. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "secret";
  }
}
