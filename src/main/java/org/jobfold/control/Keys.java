package org.jobfold.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What both ends of one connection derive from the secret and from the nonces of both: the proof
 * that each knows the secret, and a key for each direction. Other nonces, other keys: nothing of
 * one connection means anything on another one.
 */
final class Keys {
  private static final int BYTES = 32;

  private final byte[] derived;

  Keys(Secret secret, byte[] memberNonce, byte[] leadNonce) {
    byte[] salt = Arrays.copyOf(memberNonce, memberNonce.length + leadNonce.length);
    System.arraycopy(leadNonce, 0, salt, memberNonce.length, leadNonce.length);
    this.derived = Hkdf.extract(salt, secret.bytes());
  }

  byte[] leadProof() {
    return key("proof of the lead");
  }

  byte[] memberProof() {
    return key("proof of the member");
  }

  Sealer sealToLead() {
    return new Sealer(key("to the lead"));
  }

  Opener openAtLead() {
    return new Opener(key("to the lead"));
  }

  Sealer sealToMember() {
    return new Sealer(key("to the member"));
  }

  Opener openAtMember() {
    return new Opener(key("to the member"));
  }

  /** Whether a proof is the expected one, in a time that tells nothing. */
  static boolean isProof(byte[] expected, byte[] found) {
    return MessageDigest.isEqual(expected, found);
  }

  private byte[] key(String purpose) {
    String info = "jobfold control " + Handshake.VERSION + ": " + purpose;
    return Hkdf.expand(derived, info.getBytes(StandardCharsets.UTF_8), BYTES);
  }
}
