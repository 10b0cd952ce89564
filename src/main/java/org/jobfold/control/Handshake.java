package org.jobfold.control;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;

/**
 * The first bytes of a connection. The member begins:
 *
 * <pre>
 * member: magic (4 bytes)  version (1)  nonce (32)
 * lead:   magic (4)        version (1)  nonce (32)  proof (32)
 * member: proof (32)
 * </pre>
 *
 * <p>All that follows, in both directions, are sealed frames, with {@link Keys} that nobody else
 * can derive and that no other connection has. A lead that speaks another version answers magic and
 * version, and closes.
 */
final class Handshake {
  static final byte VERSION = 1;
  static final int PREFIX_BYTES = 5;
  static final int NONCE_BYTES = 32;

  /** "JFLD" */
  private static final int MAGIC = 0x4a464c44;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Handshake() {}

  static byte[] nonce() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  static void writePrefix(ByteBuf to) {
    to.writeInt(MAGIC).writeByte(VERSION);
  }

  /** Whether what has come so far can be the beginning of a handshake. */
  static boolean mayBegin(ByteBuf from) {
    for (int i = 0; i < Math.min(4, from.readableBytes()); i++) {
      if (from.getByte(from.readerIndex() + i) != (byte) (MAGIC >>> (24 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  /** Reads magic and version. */
  static byte readVersion(ByteBuf from) {
    from.skipBytes(4);
    return from.readByte();
  }

  static byte[] read(ByteBuf from, int length) {
    byte[] bytes = new byte[length];
    from.readBytes(bytes);
    return bytes;
  }
}
