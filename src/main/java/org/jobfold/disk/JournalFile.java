package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jobfold.journal.Entry;
import org.jobfold.journal.RunState;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.NotWrittenException;

/**
 * The account of a run in a file: a header line, a snapshot of what was before, then one JSON
 * object a line. Entries are gathered and handed to the system in one write each time the run has
 * written down what it is about to do. When the file has grown to several times what it adds up to,
 * it is begun anew with a snapshot.
 *
 * <p>Entries are written at a place that this knows, not at the end of the file. So a write that
 * failed half way is repaired by doing it again: the same bytes come to the same place.
 *
 * <p>What it never does: change a line that is written, force the disk for a single folder (the
 * file is forced when it is closed, and a snapshot before it gets its name), or write to the file
 * of another run.
 */
public final class JournalFile implements JournalStore {
  private final JournalDisk disk;
  private final Path path;
  private final JournalName name;
  private final RunState state;
  private final Growth growth;
  private final LineBuffer gathered = new LineBuffer();
  private JournalDisk.Output output;
  private long written;
  private long compactAt;
  private Instant last = Instant.EPOCH;

  /**
   * When a file is begun anew.
   *
   * @param least never below so many bytes
   * @param factor how many times the last snapshot it may be long
   */
  record Growth(long least, int factor) {
    static final Growth STANDARD = new Growth(4L << 20, 4);

    long limit(long snapshot) {
      return Math.max(least, factor * snapshot);
    }
  }

  private JournalFile(
      JournalDisk disk,
      Path path,
      JournalName name,
      RunState state,
      Growth growth,
      SnapshotFile begin) {
    this.disk = disk;
    this.path = path;
    this.name = name;
    this.state = state;
    this.growth = growth;
    this.output = begin.output();
    this.written = begin.bytes();
    this.compactAt = growth.limit(begin.bytes());
  }

  /**
   * Begins a file with the snapshot of a state, which is its own from now on.
   *
   * @param directory where it is
   * @throws java.nio.file.FileAlreadyExistsException if there is a journal of that epoch
   */
  static JournalFile begin(
      JournalDisk disk, Path directory, JournalName name, RunState state, Instant at, Growth growth)
      throws IOException {
    Path path = directory.resolve(name.file());
    Path draft = directory.resolve(name.draft());
    SnapshotFile begin = SnapshotFile.write(disk, draft, state, at);
    try {
      disk.claim(draft, path);
    } catch (IOException e) {
      SnapshotFile.discard(disk, begin.output(), draft);
      throw e;
    }
    return new JournalFile(disk, path, name, state, growth, begin);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public int epoch() {
    return name.epoch();
  }

  @Override
  public String run() {
    return name.run();
  }

  @Override
  public void append(Entry entry) {
    EntryJson.writeLine(entry, gathered);
    state.accept(entry);
    last = entry.at();
  }

  @Override
  public void flush() {
    if (gathered.size() == 0) {
      return;
    }
    try {
      written += SnapshotFile.whole(output, gathered, written);
    } catch (IOException e) {
      throw notWritten(e);
    }
    gathered.clear();
    if (written > compactAt) {
      compact();
    }
  }

  /**
   * Begins the file anew. Where that fails, the old one is as good as before, and is tried again
   * when it has doubled.
   */
  private void compact() {
    Path draft = path.resolveSibling(name.draft());
    SnapshotFile begin;
    try {
      begin = SnapshotFile.write(disk, draft, state, last);
    } catch (IOException e) {
      compactAt = 2 * written;
      return;
    }
    try {
      disk.replace(draft, path);
    } catch (IOException e) {
      SnapshotFile.discard(disk, begin.output(), draft);
      compactAt = 2 * written;
      return;
    }
    JournalDisk.Output old = output;
    output = begin.output();
    written = begin.bytes();
    compactAt = growth.limit(written);
    try {
      old.close();
    } catch (IOException e) {
      // nothing of it is needed any more
    }
  }

  @Override
  public void close() {
    try {
      flush();
      output.force();
    } catch (IOException e) {
      throw notWritten(e);
    } finally {
      try {
        output.close();
      } catch (IOException e) {
        // it is on the disk, or the failure to get it there is on its way
      }
    }
  }

  private NotWrittenException notWritten(IOException e) {
    return new NotWrittenException(
        "the journal '" + path + "' can not be written (" + Reasons.of(e) + "): make room", e);
  }
}
