package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Reads the file of a journal, line by line: each entry that is as it was written is handed on, in
 * its order. The last line, if it has no end, is left out; every other one that can not be used is
 * reported.
 *
 * <p>What it never does: guess what a damaged line said.
 */
final class JournalReader implements LineReader.Lines {
  private final String place;
  private final Consumer<Entry> entries;
  private final EntryLines decoder = new EntryLines();
  private final List<Reading.Damage> damage = new ArrayList<>();
  private long lines;
  private long damaged;

  private JournalReader(String place, Consumer<Entry> entries) {
    this.place = place;
    this.entries = entries;
  }

  /**
   * Reads a file.
   *
   * @throws RefusedException if it can not be read, is not a journal, or one of a newer version
   */
  static Reading read(Path file, Consumer<Entry> entries) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), entries);
    } catch (IOException e) {
      throw refused(file.toString(), 0, "the journal can not be read (" + Reasons.of(e) + ")");
    }
  }

  /** The same for what need not be a file; {@code place} is what people know it by. */
  static Reading read(InputStream in, String place, Consumer<Entry> entries) throws IOException {
    return new JournalReader(place, entries).read(in);
  }

  private Reading read(InputStream in) throws IOException {
    LineReader.Rest rest = LineReader.read(in, this);
    if (lines == 0) {
      if (rest.isTooLong() || FileHeader.JOURNAL.form(rest.bytes()) == FileHeader.Form.FOREIGN) {
        throw noJournal("it has no header");
      }
      return Reading.nothing();
    }
    Reading.Tail tail = rest.isNothing() ? Reading.Tail.WHOLE : Reading.Tail.TORN;
    return new Reading(lines, damaged, damage, tail);
  }

  @Override
  public void line(byte[] bytes, int begin, int end, long offset) {
    lines++;
    if (lines == 1) {
      header(bytes, begin, end);
      return;
    }
    try {
      decoder.read(bytes, begin, end).ifPresent(entries);
    } catch (BadLine bad) {
      damaged(bad.getMessage());
    }
  }

  @Override
  public void tooLong() {
    lines++;
    damaged("it is longer than any that is written");
  }

  private void damaged(@Nullable String what) {
    if (lines == 1) {
      throw noJournal("it has no header");
    }
    damaged++;
    if (damage.size() < Reading.DESCRIBED) {
      damage.add(new Reading.Damage(lines, String.valueOf(what)));
    }
  }

  private void header(byte[] bytes, int begin, int end) {
    long version;
    try {
      version = FileHeader.JOURNAL.version(bytes, begin, end);
    } catch (BadLine bad) {
      throw noJournal(bad.getMessage());
    }
    if (version > FileHeader.JOURNAL.version()) {
      throw refused(
          place,
          1,
          "the journal has version "
              + version
              + " of its format, this jobfold reads up to "
              + FileHeader.JOURNAL.version()
              + ": use the jobfold that wrote it, or a newer one");
    }
  }

  private RefusedException noJournal(@Nullable String why) {
    return refused(
        place,
        1,
        "the first line is not the header of a journal ("
            + why
            + "): put the file right, or move it away to begin with nothing");
  }

  static RefusedException refused(String place, int line, String message) {
    return new RefusedException(List.of(new Problem(place, line, message)));
  }
}
