package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of records that grows at its end, and of whose lines the states are overwritten where they
 * stand. Knows which bytes are written, and nothing of what they say. A write that fails is tried
 * again at the same place, with the same bytes.
 */
final class RecordFile {
  private final JournalDisk disk;
  private final Path file;
  private JournalDisk.@Nullable Output output;
  private @Nullable FileChannel input;
  private long written;
  private long size;

  /**
   * A file that may be there.
   *
   * @param written how many of its bytes are known to be lines
   */
  RecordFile(JournalDisk disk, Path file, long written) {
    this.disk = disk;
    this.file = file;
    this.written = written;
    this.size = sizeOf(file);
  }

  /** Where the next lines go: what is before that is written. */
  long end() {
    return written;
  }

  /** Whether somebody else has written to the file since this did. */
  boolean isForeign() {
    return sizeOf(file) != size;
  }

  /** Fills an array from a place of the file on. */
  void read(byte[] bytes, long offset) throws BadLine {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        if (input().read(buffer, offset + buffer.position()) < 0) {
          throw new BadLine("it is not there any more");
        }
      }
    } catch (IOException e) {
      throw new BadLine(Reasons.of(e));
    }
  }

  /** Writes lines at the end. */
  void append(LineBuffer lines) throws IOException {
    if (isForeign()) {
      throw new IOException("another run writes to it");
    }
    try {
      written += SnapshotFile.whole(output(), lines, written);
    } finally {
      size = sizeOf(file);
    }
  }

  /**
   * Gives a line another state.
   *
   * @param line where it begins
   */
  void overwrite(long line, RecordState state) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(state.bytes());
    long at = line + LastGoodJson.STATE;
    while (bytes.hasRemaining()) {
      output().write(bytes, at + bytes.position());
    }
  }

  /** Writes another file, and how long it is. */
  interface Writer {
    long write(JournalDisk.Output to) throws IOException;
  }

  /**
   * Begins the file anew; where that fails, the old one goes on.
   *
   * @param draft its name until all is on the disk
   */
  void replace(Path draft, Writer writer) throws IOException {
    JournalDisk.Output fresh = disk.create(draft);
    long end;
    try {
      end = writer.write(fresh);
      fresh.force();
      disk.replace(draft, file);
    } catch (IOException e) {
      SnapshotFile.discard(disk, fresh, draft);
      throw e;
    }
    letGo();
    output = fresh;
    written = end;
    size = end;
  }

  /** Returns when what was written is on the disk. */
  void force() throws IOException {
    if (output != null) {
      output.force();
    }
  }

  /** Closes the file, until it is used again. */
  void letGo() {
    try {
      if (output != null) {
        output.close();
      }
      if (input != null) {
        input.close();
      }
    } catch (IOException e) {
      // it is written, or the failure to write it was said
    }
    output = null;
    input = null;
  }

  private JournalDisk.Output output() throws IOException {
    if (output == null) {
      output = disk.open(file);
    }
    return output;
  }

  private FileChannel input() throws IOException {
    if (input == null) {
      input = FileChannel.open(file, StandardOpenOption.READ);
    }
    return input;
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
