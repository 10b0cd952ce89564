package org.jobfold.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksum of a line, as its last field: {@code ,"crc":"1a2b3c4d"}} and nothing after it. It is
 * the CRC-32C of all bytes before the comma, in eight lower-case hexadecimal digits.
 */
final class Checksum {
  private static final byte[] FIELD = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = FIELD.length + 10;

  private Checksum() {}

  /** Adds the checksum to the JSON object that was written from {@code begin} on. */
  static void seal(LineBuffer line, int begin) {
    line.cut(line.size() - 1);
    int crc = of(line.from(begin));
    line.writeBytes(FIELD);
    for (int shift = 28; shift >= 0; shift -= 4) {
      line.write(DIGITS[crc >>> shift & 0xf]);
    }
    line.write('"');
    line.write('}');
  }

  /** Whether a line, without its end, is as it was written. */
  static Verdict check(byte[] bytes, int begin, int end) {
    int field = end - LENGTH;
    if (field < begin || bytes[end - 2] != '"' || bytes[end - 1] != '}') {
      return Verdict.NONE;
    }
    for (int i = 0; i < FIELD.length; i++) {
      if (bytes[field + i] != FIELD[i]) {
        return Verdict.NONE;
      }
    }
    int crc = of(ByteBuffer.wrap(bytes, begin, field - begin));
    for (int i = 0; i < 8; i++) {
      if (bytes[field + FIELD.length + i] != DIGITS[crc >>> (28 - 4 * i) & 0xf]) {
        return Verdict.WRONG;
      }
    }
    return Verdict.RIGHT;
  }

  enum Verdict {
    RIGHT,
    WRONG,
    NONE
  }

  private static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
