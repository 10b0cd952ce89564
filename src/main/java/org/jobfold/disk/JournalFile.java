package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jobfold.journal.Entry;
import org.jobfold.spi.JournalStore;

/**
 * The account of a run in a file: a header line, then one JSON object a line. Entries are gathered
 * and handed to the system in one write each time the run has written down what it is about to do.
 *
 * <p>What it never does: change a line that is written, or force the disk for a single folder; the
 * file is forced when it is closed.
 */
public final class JournalFile implements JournalStore {
  private final Path path;
  private final FileChannel channel;
  private final LineBuffer gathered = new LineBuffer();

  JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new file, which must not exist. */
  static JournalFile create(Path path) throws IOException {
    JournalFile journal =
        new JournalFile(
            path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    JournalHeader.write(journal.gathered);
    journal.flush();
    return journal;
  }

  @Override
  public void append(Entry entry) {
    EntryJson.writeLine(entry, gathered);
  }

  @Override
  public void flush() {
    if (gathered.size() == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(gathered.toByteArray());
    gathered.reset();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal '"
              + path
              + "' can not be written ("
              + Reasons.of(e)
              + "): make room, and run again",
          e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      flush();
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal '" + path + "' can not be closed (" + Reasons.of(e) + ")", e);
    }
  }
}
