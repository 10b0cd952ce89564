package org.jobfold.disk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of the whole lines that were read through it. */
final class WholeLines extends FilterInputStream {
  private long position;
  private long whole;

  WholeLines(InputStream in) {
    super(in);
  }

  /** Up to the end of the last whole line. */
  long bytes() {
    return whole;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int got = super.read(bytes, offset, length);
    if (got <= 0) {
      return got;
    }
    for (int i = got - 1; i >= 0; i--) {
      if (bytes[offset + i] == '\n') {
        whole = position + i + 1;
        break;
      }
    }
    position += got;
    return got;
  }
}
