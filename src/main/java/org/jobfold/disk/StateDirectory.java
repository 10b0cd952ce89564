package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Clock;

/** The directory {@code .jobfold} at the root of a tree: all that jobfold keeps about it. */
public final class StateDirectory {
  /** Its name in the root of the tree. */
  public static final String NAME = ".jobfold";

  private final Path path;

  private StateDirectory(Path path) {
    this.path = path;
  }

  /**
   * The state directory of a tree, made if it is not there.
   *
   * @throws RefusedException if it can not be made
   */
  public static StateDirectory of(Path root) {
    Path path = root.resolve(NAME);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  path.toString(),
                  "the directory for jobfold's own files can not be made ("
                      + Reasons.of(e)
                      + "): jobfold needs to write in the root of the tree")));
    }
    return new StateDirectory(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Takes the tree for one run. Takes at once what is free, or was held by a process of this host
   * that has ended; watches a lock that was not renewed for long for its lease, which is a minute.
   *
   * @param breakLock whether to take it also from a run that may live on another host
   * @param clock the time
   * @param notes told, for people, what takes time and from whom it was taken over
   * @throws RefusedException if another run has it: it says which, since when, and what to do
   */
  public RunLock lock(RunLock.BreakLock breakLock, Clock clock, Consumer<String> notes)
      throws InterruptedException {
    LockFiles files = new LockFiles(path, Files::createLink);
    return new LockTaking(
            files, RunLock.LEASE, clock, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()), notes)
        .take(breakLock);
  }

  /**
   * A new journal. That of an earlier run is kept beside it, under the next free number: {@code
   * journal.1.jsonl}.
   */
  public JournalFile newJournal() {
    Path journal = path.resolve("journal.jsonl");
    try {
      if (Files.exists(journal)) {
        int number = 1;
        while (Files.exists(path.resolve("journal." + number + ".jsonl"))) {
          number++;
        }
        Files.move(journal, path.resolve("journal." + number + ".jsonl"));
      }
      return JournalFile.create(journal);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal '" + journal + "' can not be written (" + Reasons.of(e) + ")", e);
    }
  }
}
