package org.jobfold.disk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jspecify.annotations.Nullable;

/**
 * Where in the file of fingerprints the record of each folder is, and what it is worth. The records
 * themselves stay on the disk.
 */
final class RecordIndex {
  private final Map<FolderName, Place> places = new HashMap<>();
  private long live;

  /**
   * Where a record is.
   *
   * @param offset of its line in the file
   * @param length of its line, without its end
   */
  record Place(long offset, int length, RecordState state) {
    Place with(RecordState other) {
      return new Place(offset, length, other);
    }
  }

  /** The record of a folder. */
  record Entry(FolderName folder, Place place) {}

  /**
   * What was found in a file.
   *
   * @param index of its records
   * @param reading the damage
   * @param end where its last whole line ends
   * @param foreign why it is not a file of fingerprints, if it is not
   */
  record Loaded(RecordIndex index, Reading reading, long end, Optional<String> foreign) {}

  Optional<Place> find(FolderName folder) {
    return Optional.ofNullable(places.get(folder));
  }

  /** Puts a record in place of the one that was there, which it returns. */
  Optional<Place> put(FolderName folder, Place place) {
    @Nullable Place old = places.put(folder, place);
    live += place.length + 1 - (old == null ? 0 : old.length + 1);
    return Optional.ofNullable(old);
  }

  void remove(FolderName folder) {
    @Nullable Place old = places.remove(folder);
    live -= old == null ? 0 : old.length + 1;
  }

  int size() {
    return places.size();
  }

  /** How many bytes all records have. */
  long live() {
    return live;
  }

  /** All records, in the order that they have in the file. */
  List<Entry> inOrder() {
    List<Entry> entries = new ArrayList<>(places.size());
    places.forEach((folder, place) -> entries.add(new Entry(folder, place)));
    entries.sort(Comparator.comparingLong(entry -> entry.place().offset()));
    return entries;
  }

  /**
   * Reads a file, which may not be there. Each line is looked at only as far as it takes to know
   * whose it is, and that it is as it was written.
   *
   * @throws org.jobfold.folder.RefusedException if it is of a newer version
   */
  static Loaded load(Path file) throws IOException {
    Loading loading = new Loading(file);
    LineReader.Rest rest;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 18)) {
      rest = LineReader.read(in, loading);
    } catch (NoSuchFileException e) {
      return new Loaded(new RecordIndex(), Reading.nothing(), 0, Optional.empty());
    }
    if (loading.lines == 0 && !rest.isNothing() && !isUnfinished(rest)) {
      loading.foreign = Optional.of("it has no header");
    }
    Reading.Tail tail = rest.isNothing() ? Reading.Tail.WHOLE : Reading.Tail.TORN;
    return new Loaded(
        loading.index,
        new Reading(loading.lines, loading.damaged, loading.damage, tail),
        rest.offset(),
        loading.foreign);
  }

  private static boolean isUnfinished(LineReader.Rest rest) {
    return !rest.isTooLong()
        && FileHeader.FINGERPRINTS.form(rest.bytes()) == FileHeader.Form.UNFINISHED;
  }

  private static final class Loading implements LineReader.Lines {
    private final Path file;
    private final RecordIndex index = new RecordIndex();
    private final List<Reading.Damage> damage = new ArrayList<>();
    private Optional<String> foreign = Optional.empty();
    private long lines;
    private long damaged;

    Loading(Path file) {
      this.file = file;
    }

    @Override
    public void line(byte[] bytes, int begin, int end, long offset) {
      lines++;
      if (foreign.isPresent()) {
        return;
      }
      try {
        if (lines == 1) {
          header(bytes, begin, end);
        } else {
          record(bytes, begin, end, offset);
        }
      } catch (BadLine bad) {
        damaged(String.valueOf(bad.getMessage()));
      }
    }

    @Override
    public void tooLong() {
      lines++;
      damaged("it is longer than any that is written");
    }

    private void header(byte[] bytes, int begin, int end) throws BadLine {
      long version = FileHeader.FINGERPRINTS.version(bytes, begin, end);
      if (version > FileHeader.FINGERPRINTS.version()) {
        throw JournalReader.refused(
            file.toString(),
            1,
            "the fingerprints have version "
                + version
                + " of their format, this jobfold reads up to "
                + FileHeader.FINGERPRINTS.version()
                + ": use the jobfold that wrote them, or a newer one, or move the file away to run all"
                + " folders again");
      }
    }

    private void record(byte[] bytes, int begin, int end, long offset) throws BadLine {
      RecordState state = LastGoodJson.state(bytes, begin, end);
      if (state == RecordState.PAST) {
        return;
      }
      switch (Checksum.check(bytes, begin + LastGoodJson.PREFIX, end)) {
        case NONE -> throw new BadLine("it has no checksum at its end");
        case WRONG -> throw new BadLine("its checksum is wrong");
        case RIGHT ->
            index.put(
                LastGoodJson.folder(bytes, begin, end), new Place(offset, end - begin, state));
      }
    }

    private void damaged(String what) {
      if (lines == 1) {
        foreign = Optional.of(what);
        return;
      }
      damaged++;
      if (damage.size() < Reading.DESCRIBED) {
        damage.add(new Reading.Damage(lines, what));
      }
    }
  }
}
