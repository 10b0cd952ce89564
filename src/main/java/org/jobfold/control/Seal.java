package org.jobfold.control;

import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM for one direction of one connection. The number of the frame is its nonce, and is
 * never sent: a frame that is repeated, left out or out of its place does not open.
 */
final class Seal {
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  private final int mode;
  private final Key key;
  private final Cipher cipher;
  private final byte[] nonce = new byte[NONCE_BYTES];
  private long frame;

  Seal(int mode, byte[] key) {
    this.mode = mode;
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java has AES/GCM", e);
    }
  }

  /** The cipher for the next frame. */
  Cipher next() throws GeneralSecurityException {
    long number = frame++;
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[NONCE_BYTES - 1 - i] = (byte) (number >>> (8 * i));
    }
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    return cipher;
  }
}
