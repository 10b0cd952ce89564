package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jobfold.journal.RunState;
import org.jobfold.spi.NotWrittenException;

/**
 * The journals of a tree: one for each run, numbered by epoch. The highest that was begun counts;
 * the one before is kept as a backup, older ones are deleted.
 */
final class Journals {
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
    for (int epoch : epochs().descendingSet()) {
      Path file = directory.resolve(JournalName.file(epoch));
      RunState state = new RunState();
      Reading reading = JournalReader.read(file, state::accept);
      if (reading.lines() > 0) {
        return new Account(epoch, Optional.of(file), state, reading);
      }
    }
    return new Account(0, Optional.empty(), new RunState(), Reading.nothing());
  }

  /** Whether there is one. */
  boolean exist() {
    return !epochs().isEmpty();
  }

  /** Begins the next one with a state, which is its own from now on. */
  JournalFile begin(RunState state, Instant at) {
    NavigableSet<Integer> before = epochs();
    int epoch = before.isEmpty() ? 1 : before.last() + 1;
    JournalName name = new JournalName(epoch, UUID.randomUUID().toString());
    try {
      JournalFile journal = JournalFile.begin(disk, directory, name, state, at, growth);
      tidy(epoch);
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
  private void tidy(int epoch) {
    NavigableSet<Integer> older = new TreeSet<>(epochs().headSet(epoch));
    older.pollLast();
    for (int old : older) {
      Path file = directory.resolve(JournalName.file(old));
      if (isOurs(file)) {
        delete(file);
      }
    }
    for (String file : files()) {
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
    NavigableSet<Integer> epochs = new TreeSet<>();
    for (String file : files()) {
      JournalName.epochOf(file).ifPresent(epochs::add);
    }
    return epochs;
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException e) {
      throw JournalReader.refused(
          directory.toString(), 0, "the directory can not be read (" + Reasons.of(e) + ")");
    }
  }
}
