package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Writes the frames of one direction. By one thread alone. */
final class Sealer {
  private final Seal seal;

  Sealer(byte[] key) {
    this.seal = new Seal(Cipher.ENCRYPT_MODE, key);
  }

  ByteBuf seal(Frame.Kind kind, byte[] source, int from, int length) {
    int sealed = 1 + length + Seal.TAG_BYTES;
    byte[] frame = new byte[Integer.BYTES + sealed];
    try {
      Cipher cipher = seal.next();
      int at = Integer.BYTES;
      at += cipher.update(new byte[] {(byte) kind.ordinal()}, 0, 1, frame, at);
      cipher.doFinal(source, from, length, frame, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a frame of " + length + " bytes can not be sealed", e);
    }
    return Unpooled.wrappedBuffer(frame).setInt(0, sealed);
  }
}
