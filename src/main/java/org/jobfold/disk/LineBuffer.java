package org.jobfold.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Bytes that are gathered, and can be looked at and cut without a copy. */
final class LineBuffer extends ByteArrayOutputStream {
  private static final int KEPT = 1 << 20;

  LineBuffer() {
    super(1 << 13);
  }

  /** Forgets what is after the first {@code length} bytes. */
  void cut(int length) {
    count = length;
  }

  /** Forgets all, and gives back the memory of a burst. */
  void clear() {
    reset();
    if (buf.length > KEPT) {
      buf = new byte[1 << 13];
    }
  }

  /** The bytes from {@code begin} on, as they are: valid until something is added. */
  ByteBuffer from(int begin) {
    return ByteBuffer.wrap(buf, begin, count - begin);
  }

  /** Puts other bytes in place of those from {@code at} on. */
  void overwrite(int at, byte[] bytes) {
    System.arraycopy(bytes, 0, buf, at, bytes.length);
  }
}
