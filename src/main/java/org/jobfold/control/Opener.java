package org.jobfold.control;

import io.netty.handler.codec.CorruptedFrameException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Reads the frames of one direction, and refuses all that is not the very next one. */
final class Opener {
  /** The length of the rest of a frame, at least and at most. */
  static final int SHORTEST = 1 + Seal.TAG_BYTES;

  static final int LONGEST = SHORTEST + Frame.LONGEST_PAYLOAD;

  private static final Frame.Kind[] KINDS = Frame.Kind.values();

  private final Seal seal;

  Opener(byte[] key) {
    this.seal = new Seal(Cipher.DECRYPT_MODE, key);
  }

  Frame open(byte[] sealed) {
    byte[] plain;
    try {
      plain = seal.next().doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw new CorruptedFrameException("what arrived is not what was sent", e);
    }
    if (plain[0] < 0 || plain[0] >= KINDS.length) {
      throw new CorruptedFrameException("a frame of the unknown kind " + plain[0] + " arrived");
    }
    return new Frame(KINDS[plain[0]], Arrays.copyOfRange(plain, 1, plain.length));
  }
}
