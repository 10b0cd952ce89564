package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Takes a file apart into its lines.
 *
 * <p>What it never does: hold more than one line, or trust that there is an end to it.
 */
final class LineReader {
  /** A line longer than this was not written by us. */
  static final int LONGEST = 1 << 24;

  private LineReader() {}

  /** Is told what lines there are. */
  interface Lines {
    /**
     * A line with an end, which is not among its bytes.
     *
     * @param bytes valid only now
     * @param begin where it begins in them
     * @param end where it ends in them
     * @param offset where it begins in the file
     */
    void line(byte[] bytes, int begin, int end, long offset);

    /** A line that is longer than {@link #LONGEST}. */
    void tooLong();
  }

  /**
   * What comes after the last end of a line.
   *
   * @param bytes its first ones
   * @param offset where it begins in the file
   * @param isTooLong whether it is longer than {@link #LONGEST}
   */
  @SuppressWarnings("ArrayRecordComponent") // made once, compared by nobody
  record Rest(byte[] bytes, long offset, boolean isTooLong) {
    /** Whether there is nothing: the file ends with a whole line, or is empty. */
    boolean isNothing() {
      return bytes.length == 0 && !isTooLong;
    }
  }

  /** Reads to the end. */
  static Rest read(InputStream in, Lines lines) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int begin = 0;
    int end = 0;
    long offset = 0; // of the first byte in the buffer
    long lineOffset = 0;
    boolean tooLong = false;
    while (true) {
      int scanned = end;
      int got = in.read(buffer, end, buffer.length - end);
      if (got < 0) {
        return new Rest(Arrays.copyOf(buffer, end), lineOffset, tooLong);
      }
      end += got;
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          if (tooLong) {
            lines.tooLong();
          } else {
            lines.line(buffer, begin, i, lineOffset);
          }
          tooLong = false;
          begin = i + 1;
          lineOffset = offset + begin;
        }
      }
      if (begin == 0 && end == buffer.length && end >= LONGEST) {
        tooLong = true;
      }
      if (tooLong) {
        begin = end;
      }
      if (begin > 0) {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        offset += begin;
        begin = 0;
      } else if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
    }
  }
}
