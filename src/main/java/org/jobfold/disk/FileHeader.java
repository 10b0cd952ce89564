package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The first line of a file of lines: what it is, and the version of its format. It has this form in
 * every version.
 */
final class FileHeader {
  /** Of a journal. */
  static final FileHeader JOURNAL = new FileHeader("jobfold-journal", 1);

  /** Of the fingerprints of a tree. */
  static final FileHeader FINGERPRINTS = new FileHeader("jobfold-fingerprints", 1);

  private final String field;
  private final int version;
  private final byte[] line;

  private FileHeader(String field, int version) {
    this.field = field;
    this.version = version;
    LineBuffer buffer = new LineBuffer();
    buffer.writeBytes(("{\"" + field + "\":" + version + "}").getBytes(StandardCharsets.UTF_8));
    Checksum.seal(buffer, 0);
    buffer.write('\n');
    this.line = buffer.toByteArray();
  }

  /** The version that is written, and the newest that is read. */
  int version() {
    return version;
  }

  void write(LineBuffer out) {
    out.writeBytes(line);
  }

  /** Whether these bytes are the begin of a header that was not written to its end. */
  Form form(byte[] bytes) {
    return bytes.length <= line.length
            && Arrays.equals(bytes, 0, bytes.length, line, 0, bytes.length)
        ? Form.UNFINISHED
        : Form.FOREIGN;
  }

  enum Form {
    UNFINISHED,
    FOREIGN
  }

  /** The version that a header says, given without the end of its line. */
  long version(byte[] bytes, int begin, int end) throws BadLine {
    if (Checksum.check(bytes, begin, end) != Checksum.Verdict.RIGHT) {
      throw new BadLine("its checksum is missing or wrong");
    }
    LineFields fields = new LineFields();
    fields.read(bytes, begin, end);
    return fields.whole(field, 1);
  }

  /** Whether a file begins like one of these of some version, or is empty. */
  boolean begins(Path file) {
    byte[] begin = ("{\"" + field + "\":").getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] found = in.readNBytes(begin.length);
      return found.length == 0 || Arrays.equals(found, begin);
    } catch (IOException e) {
      return false;
    }
  }
}
