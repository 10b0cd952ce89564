package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.NotWrittenException;

/**
 * The records of the last success of each folder, in one file for the whole tree: one line each,
 * appended; where in the file they are is in memory, as in the log of <em>Bitcask</em>. Of each
 * folder only one record counts; the state of those before is overwritten where they stand, so that
 * damage to the last one does not bring an earlier one back.
 *
 * <p>Safe to use from several threads. What is saved is gathered, and handed to the system when it
 * is much, or by {@link #flush}. A write that fails is said once and tried again later: at the same
 * place, with the same bytes.
 *
 * <p>What it never does: force the disk for a single record, keep a record in memory that is on the
 * disk, or delete a file that it did not write.
 */
final class FingerprintStore implements AutoCloseable {
  static final String FILE = "fingerprints.jsonl";

  private static final String DRAFT = "fingerprints.tmp";
  private static final String DAMAGED = "fingerprints.damaged";
  private static final int MUCH = 1 << 18;

  private final JournalDisk disk;
  private final Path file;
  private final RecordFile records;
  private final JournalFile.Growth growth;
  private final Predicate<FolderName> isThere;
  private final Consumer<String> notes;
  private final LineBuffer gathered = new LineBuffer();
  private final List<Long> past = new ArrayList<>();
  private final Access access;
  private RecordIndex index;
  private Writing writing = Writing.WELL;
  private long compactAt;
  private int flushAt = MUCH;

  /** What may be done with the file. */
  enum Access {
    /** By who holds the tree. */
    WRITE,
    /** By anybody: what is saved is forgotten. */
    READ
  }

  private enum Writing {
    WELL,
    FAILING,
    /** Somebody else writes to the file. */
    OVER
  }

  /**
   * A record that was found.
   *
   * @param isOpen whether the folder was begun again since
   */
  record Kept(LastGood record, boolean isOpen) {}

  private FingerprintStore(
      JournalDisk disk,
      Path directory,
      JournalFile.Growth growth,
      Access access,
      Predicate<FolderName> isThere,
      Consumer<String> notes) {
    this.disk = disk;
    this.file = directory.resolve(FILE);
    this.growth = growth;
    this.access = access;
    this.isThere = isThere;
    this.notes = notes;
    RecordIndex.Loaded loaded = load(directory);
    this.index = loaded.index();
    this.records = new RecordFile(disk, file, loaded.end());
    this.compactAt = growth.limit(index.live());
    if (loaded.end() == 0) {
      FileHeader.FINGERPRINTS.write(gathered);
    }
  }

  /**
   * The records of a tree.
   *
   * @param directory where jobfold keeps its files
   * @param isThere whether a folder is still there: what it left is dropped when the file is begun
   *     anew
   * @param notes told, for people, what is damaged, and that something can not be written
   * @throws org.jobfold.folder.RefusedException if they are of a newer version
   */
  static FingerprintStore open(
      JournalDisk disk,
      Path directory,
      JournalFile.Growth growth,
      Access access,
      Predicate<FolderName> isThere,
      Consumer<String> notes) {
    FingerprintStore store = new FingerprintStore(disk, directory, growth, access, isThere, notes);
    store.compactIfLong();
    return store;
  }

  private RecordIndex.Loaded load(Path directory) {
    RecordIndex.Loaded loaded;
    try {
      loaded = RecordIndex.load(file);
      if (loaded.foreign().isPresent()) {
        tell(
            "the first line is not the header of fingerprints ("
                + loaded.foreign().get()
                + "): all folders with inputs run again"
                + (access == Access.WRITE ? ", and the file is kept as '" + DAMAGED + "'" : ""));
        if (access == Access.WRITE) {
          disk.replace(file, directory.resolve(DAMAGED));
        }
        return new RecordIndex.Loaded(new RecordIndex(), Reading.nothing(), 0, Optional.empty());
      }
    } catch (IOException e) {
      tell("it can not be read (" + Reasons.of(e) + "): all folders with inputs run again");
      writing = Writing.OVER;
      return new RecordIndex.Loaded(new RecordIndex(), Reading.nothing(), 0, Optional.empty());
    }
    Reading reading = loaded.reading();
    if (reading.damaged() > 0) {
      Reading.Damage first = reading.damage().get(0);
      tell(
          (reading.damaged() == 1
                  ? "line " + first.line() + " is damaged"
                  : reading.damaged() + " lines are damaged, the first is " + first.line())
              + " ("
              + first.what()
              + "): what was recorded there runs again");
    }
    return loaded;
  }

  /** How many folders have a record. */
  synchronized int size() {
    return index.size();
  }

  /**
   * The record of a folder.
   *
   * @throws BadLine if there is one that can not be used
   */
  Optional<Kept> find(FolderName folder) throws BadLine {
    RecordIndex.Place place;
    byte[] line;
    synchronized (this) {
      Optional<RecordIndex.Place> found = index.find(folder);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      place = found.get();
      line = line(place);
    }
    if (Checksum.check(line, LastGoodJson.PREFIX, line.length) != Checksum.Verdict.RIGHT) {
      throw new BadLine("its checksum is wrong");
    }
    LastGood record = LastGoodJson.read(line, 0, line.length);
    if (!record.folder().equals(folder)) {
      throw new BadLine("it is of another folder");
    }
    return Optional.of(new Kept(record, place.state() == RecordState.OPEN));
  }

  private byte[] line(RecordIndex.Place place) throws BadLine {
    byte[] line = new byte[place.length()];
    if (place.offset() >= records.end()) {
      gathered.from((int) (place.offset() - records.end())).get(line);
    } else {
      records.read(line, place.offset());
    }
    return line;
  }

  /** Keeps a record in place of the one before. Never fails. */
  synchronized void save(LastGood record) {
    if (access == Access.READ || writing == Writing.OVER) {
      return;
    }
    int begin = gathered.size();
    LastGoodJson.writeLine(record, gathered);
    RecordIndex.Place place =
        new RecordIndex.Place(records.end() + begin, gathered.size() - begin - 1, RecordState.GOOD);
    index.put(record.folder(), place).ifPresent(this::supersede);
    if (gathered.size() > flushAt) {
      flush();
    }
  }

  private void supersede(RecordIndex.Place old) {
    if (old.offset() >= records.end()) {
      gathered.overwrite(
          (int) (old.offset() - records.end()) + LastGoodJson.STATE, RecordState.PAST.bytes());
    } else {
      past.add(old.offset());
    }
  }

  /**
   * What is known of a folder is no longer what it left: it is begun.
   *
   * @throws NotWrittenException if that can not be written
   */
  synchronized void begin(FolderName folder) {
    Optional<RecordIndex.Place> place = index.find(folder);
    if (place.isEmpty() || place.get().state() == RecordState.OPEN) {
      return;
    }
    if (access == Access.READ) {
      throw new IllegalStateException("a folder is begun by who holds the tree");
    }
    try {
      if (place.get().offset() >= records.end()) {
        write();
      }
      records.overwrite(place.get().offset(), RecordState.OPEN);
    } catch (IOException e) {
      throw new NotWrittenException(
          "the fingerprints '" + file + "' can not be written (" + Reasons.of(e) + "): make room",
          e);
    }
    index.put(folder, place.get().with(RecordState.OPEN));
  }

  /**
   * Hands all that was saved to the system. Never fails: what it can not, it tries the next time.
   */
  synchronized void flush() {
    if (access == Access.READ || writing == Writing.OVER) {
      return;
    }
    try {
      write();
      writing = Writing.WELL;
      flushAt = MUCH;
    } catch (IOException e) {
      flushAt = 2 * gathered.size();
      if (writing == Writing.WELL) {
        tell(
            "they can not be written ("
                + Reasons.of(e)
                + "): what is not written until the end of the run runs again in the next");
      }
      writing = records.isForeign() ? Writing.OVER : Writing.FAILING;
    }
    compactIfLong();
  }

  private void write() throws IOException {
    if (index.size() == 0 && past.isEmpty()) {
      return;
    }
    if (gathered.size() > 0) {
      records.append(gathered);
      gathered.clear();
    }
    while (!past.isEmpty()) {
      records.overwrite(past.get(past.size() - 1), RecordState.PAST);
      past.remove(past.size() - 1);
    }
  }

  private void compactIfLong() {
    if (access == Access.READ
        || writing != Writing.WELL
        || gathered.size() > 0
        || !past.isEmpty()
        || records.end() <= compactAt) {
      return;
    }
    try {
      compact();
      compactAt = growth.limit(records.end());
    } catch (IOException e) {
      compactAt = 2 * records.end();
    }
  }

  /** Begins the file anew with the records that count; where that fails, the old one goes on. */
  private void compact() throws IOException {
    RecordIndex moved = new RecordIndex();
    records.replace(file.resolveSibling(DRAFT), fresh -> copy(fresh, moved));
    index = moved;
  }

  private long copy(JournalDisk.Output to, RecordIndex moved) throws IOException {
    LineBuffer lines = new LineBuffer();
    FileHeader.FINGERPRINTS.write(lines);
    long position = 0;
    for (RecordIndex.Entry entry : index.inOrder()) {
      if (!isThere.test(entry.folder())) {
        continue;
      }
      byte[] line;
      try {
        line = line(entry.place());
      } catch (BadLine e) {
        throw new IOException(e.getMessage(), e);
      }
      moved.put(
          entry.folder(),
          new RecordIndex.Place(position + lines.size(), line.length, entry.place().state()));
      lines.writeBytes(line);
      lines.write('\n');
      if (lines.size() >= MUCH) {
        position += SnapshotFile.whole(to, lines, position);
        lines.clear();
      }
    }
    return position + SnapshotFile.whole(to, lines, position);
  }

  @Override
  public synchronized void close() {
    flush();
    try {
      records.force();
    } catch (IOException e) {
      tell("they can not be forced to the disk (" + Reasons.of(e) + ")");
    }
    records.letGo();
  }

  private void tell(String what) {
    notes.accept("the fingerprints '" + file + "': " + what);
  }
}
