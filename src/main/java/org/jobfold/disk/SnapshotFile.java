package org.jobfold.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;

/** A file that holds a header and the snapshot of a state, on the disk, before it gets its name. */
record SnapshotFile(JournalDisk.Output output, long bytes) {
  private static final int CHUNK = 1 << 18;

  /** Writes it; leaves no file behind if it can not. */
  static SnapshotFile write(JournalDisk disk, Path file, RunState state, Instant at)
      throws IOException {
    JournalDisk.Output output = disk.create(file);
    try {
      long bytes = write(output, state, at);
      output.force();
      return new SnapshotFile(output, bytes);
    } catch (IOException e) {
      discard(disk, output, file);
      throw e;
    }
  }

  private static long write(JournalDisk.Output output, RunState state, Instant at)
      throws IOException {
    LineBuffer lines = new LineBuffer();
    FileHeader.JOURNAL.write(lines);
    long position = 0;
    for (Iterator<Entry> entries = state.snapshot(at).iterator(); entries.hasNext(); ) {
      EntryJson.writeLine(entries.next(), lines);
      if (lines.size() >= CHUNK) {
        position += whole(output, lines, position);
        lines.clear();
      }
    }
    return position + whole(output, lines, position);
  }

  /** Writes all lines at a place of a file; how many bytes that are. */
  static int whole(JournalDisk.Output output, LineBuffer lines, long position) throws IOException {
    ByteBuffer bytes = lines.from(0);
    while (bytes.hasRemaining()) {
      output.write(bytes, position + bytes.position());
    }
    return lines.size();
  }

  /** Lets go of a file that did not get its name. */
  static void discard(JournalDisk disk, JournalDisk.Output output, Path file) {
    try {
      output.close();
      disk.delete(file);
    } catch (IOException e) {
      // the next run deletes it
    }
  }
}
