package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The first line of a journal: the version of its format. It has this form in every version. */
final class JournalHeader {
  /** The version that is written, and the newest that is read. */
  static final int VERSION = 1;

  private static final byte[] LINE = line();

  private JournalHeader() {}

  static void write(LineBuffer out) {
    out.writeBytes(LINE);
  }

  /** Whether these bytes are the begin of a header that was not written to its end. */
  static Form form(byte[] bytes, int begin, int end) {
    return end - begin <= LINE.length && Arrays.equals(bytes, begin, end, LINE, 0, end - begin)
        ? Form.UNFINISHED
        : Form.FOREIGN;
  }

  enum Form {
    UNFINISHED,
    FOREIGN
  }

  /** The version that a header says, given without the end of its line. */
  static long version(byte[] bytes, int begin, int end) throws BadLine {
    if (Checksum.check(bytes, begin, end) != Checksum.Verdict.RIGHT) {
      throw new BadLine("its checksum is missing or wrong");
    }
    LineFields line = new LineFields();
    line.read(bytes, begin, end);
    return line.whole("jobfold-journal", 1);
  }

  /** Whether a file begins like a journal of some version, or is empty. */
  static boolean begins(Path file) {
    byte[] begin = "{\"jobfold-journal\":".getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] found = in.readNBytes(begin.length);
      return found.length == 0 || Arrays.equals(found, begin);
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] line() {
    LineBuffer line = new LineBuffer();
    line.writeBytes(("{\"jobfold-journal\":" + VERSION + "}").getBytes(StandardCharsets.UTF_8));
    Checksum.seal(line, 0);
    line.write('\n');
    return line.toByteArray();
  }
}
