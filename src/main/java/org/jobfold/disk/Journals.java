package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.RunState;
import org.jobfold.spi.NotWrittenException;

/**
 * The journals of a tree: one for each run, numbered by epoch. The highest that was begun counts;
 * the one before is kept as a backup. Older ones that a run goes on from are kept while there is
 * room, since they alone name the output of what succeeded in them; the others are deleted.
 */
final class Journals {
  /** So many bytes may the journals have together that are older than the backup. */
  private static final long ROOM = 64L << 20;

  private final JournalDisk disk;
  private final Path directory;
  private final JournalFile.Growth growth;

  Journals(JournalDisk disk, Path directory, JournalFile.Growth growth) {
    this.disk = disk;
    this.directory = directory;
    this.growth = growth;
  }

  /** Reads the one that counts. */
  Account load() {
    return new JournalFollower(directory).look();
  }

  /** Whether there is one. */
  boolean exist() {
    return !epochs().isEmpty();
  }

  /** The number of the newest one; 0 if there is none. */
  int newest() {
    NavigableSet<Integer> epochs = epochs();
    return epochs.isEmpty() ? 0 : epochs.last();
  }

  /** Begins the next one with a state, which is its own from now on. */
  JournalFile begin(RunState state, Instant at) {
    int epoch = newest() + 1;
    long room = state.folders().isEmpty() ? 0 : ROOM;
    JournalName name = new JournalName(epoch, UUID.randomUUID().toString());
    try {
      JournalFile journal = JournalFile.begin(disk, directory, name, state, at, growth);
      tidy(epoch, room);
      return journal;
    } catch (FileAlreadyExistsException taken) {
      throw new NotWrittenException(
          "the journal '"
              + directory.resolve(name.file())
              + "' was begun by another run at this moment: wait for that run or stop it",
          taken);
    } catch (IOException e) {
      throw new NotWrittenException(
          "the journal '"
              + directory.resolve(name.file())
              + "' can not be written ("
              + Reasons.of(e)
              + ")",
          e);
    }
  }

  /** Deletes what no run needs any more, as far as it can: only what we wrote. */
  private void tidy(int epoch, long room) {
    NavigableSet<Integer> older = new TreeSet<>(epochs().headSet(epoch));
    older.pollLast();
    long left = room;
    for (int old : older.descendingSet()) {
      Path file = directory.resolve(JournalName.file(old));
      if (isOurs(file)) {
        left -= file.toFile().length();
        if (left <= 0) {
          delete(file);
        }
      }
    }
    for (String file : files(directory)) {
      if (JournalName.epochOfDraft(file).filter(e -> e < epoch).isPresent()) {
        delete(directory.resolve(file));
      }
    }
  }

  private static boolean isOurs(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && FileHeader.JOURNAL.begins(file);
  }

  private void delete(Path file) {
    try {
      disk.delete(file);
    } catch (IOException e) {
      // the next run tries again
    }
  }

  private NavigableSet<Integer> epochs() {
    return epochs(directory);
  }

  /** The epochs of the journals in a state directory. */
  static NavigableSet<Integer> epochs(Path directory) {
    NavigableSet<Integer> epochs = new TreeSet<>();
    for (String file : files(directory)) {
      JournalName.epochOf(file).ifPresent(epochs::add);
    }
    return epochs;
  }

  private static List<String> files(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      throw unreadable(directory, Reasons.of(e));
    } catch (UncheckedIOException e) {
      throw unreadable(directory, String.valueOf(e.getMessage()));
    }
  }

  private static RefusedException unreadable(Path directory, String why) {
    return JournalReader.refused(
        directory.toString(), 0, "the directory can not be read (" + why + ")");
  }
}
