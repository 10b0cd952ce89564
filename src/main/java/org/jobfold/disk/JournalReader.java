package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>What it never does: guess what a damaged line said, or hold more than one line.
 */
final class JournalReader {
  /** A line longer than this was not written by us. */
  static final int LONGEST = 1 << 24;

  private final String place;
  private final Consumer<Entry> entries;
  private final EntryLines decoder = new EntryLines();
  private final List<Reading.Damage> damage = new ArrayList<>();
  private long lines;
  private long damaged;

  /**
   * A reader that can go on with what was appended, {@link #read(InputStream)} by {@link
   * #read(InputStream)}: each begins where a whole line begins.
   *
   * @param place what people know the file by
   */
  JournalReader(String place, Consumer<Entry> entries) {
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

  /** Reads on; gives what was found in all that was read so far. */
  Reading read(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    int begin = 0;
    int end = 0;
    boolean tooLong = false;
    while (true) {
      int scanned = end;
      int got = in.read(buffer, end, buffer.length - end);
      if (got < 0) {
        break;
      }
      end += got;
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          if (tooLong) {
            lines++;
            damaged("it is longer than any that is written");
          } else {
            line(buffer, begin, i);
          }
          tooLong = false;
          begin = i + 1;
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
        begin = 0;
      } else if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
    }
    return tail(buffer, end, tooLong);
  }

  private Reading tail(byte[] buffer, int end, boolean tooLong) {
    boolean whole = end == 0 && !tooLong;
    if (lines == 0) {
      if (tooLong || JournalHeader.form(buffer, 0, end) == JournalHeader.Form.FOREIGN) {
        throw noJournal("it has no header");
      }
      return Reading.nothing();
    }
    return new Reading(lines, damaged, damage, whole ? Reading.Tail.WHOLE : Reading.Tail.TORN);
  }

  private void line(byte[] bytes, int begin, int end) {
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
      version = JournalHeader.version(bytes, begin, end);
    } catch (BadLine bad) {
      throw noJournal(bad.getMessage());
    }
    if (version > JournalHeader.VERSION) {
      throw refused(
          place,
          1,
          "the journal has version "
              + version
              + " of its format, this jobfold reads up to "
              + JournalHeader.VERSION
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
