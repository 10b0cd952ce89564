package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jobfold.disk.LockFiles.Found;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/**
 * Looks whether a run that lives has a tree which this one is a part of, or which is a part of this
 * one: both would run the same folders.
 *
 * <p>Each run takes its own tree first, and looks at the others then; so of two that begin at the
 * same time at least one sees the other. What was found before the tree was taken does not count.
 *
 * <p>It never takes, watches or writes anything in other trees.
 */
final class Overlap {
  private final LockFiles own;
  private final Path root;
  private final Duration lease;
  private final Consumer<String> notes;

  /**
   * Of one tree.
   *
   * @param own its lock, which is held
   * @param root its root, with no symbolic links
   * @param lease what a lock has that does not say it
   * @param notes told, for people, what could not be looked at
   */
  Overlap(LockFiles own, Path root, Duration lease, Consumer<String> notes) {
    this.own = own;
    this.root = root;
    this.lease = lease;
    this.notes = notes;
  }

  /**
   * Looks at the trees above, and at those in which folders of this one are.
   *
   * @throws RefusedException if a run that lives has one of them
   */
  void refuse(Collection<FolderName> folders) {
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      refuse(above, "which this one is a part of");
    }
    directories(folders).parallelStream()
        .map(name -> root.resolve(name.relative()))
        .filter(Overlap::hasState)
        .sorted()
        .toList()
        .forEach(below -> refuse(below, "which is a part of this one"));
  }

  /** The names of the folders and of all directories above them, save for the root. */
  private static Collection<FolderName> directories(Collection<FolderName> folders) {
    Set<FolderName> names = new HashSet<>();
    for (FolderName folder : folders) {
      Optional<FolderName> name = Optional.of(folder);
      while (name.isPresent() && !name.get().isRoot() && names.add(name.get())) {
        name = name.get().parent();
      }
    }
    return names;
  }

  private static boolean hasState(Path tree) {
    return Files.isDirectory(tree.resolve(StateDirectory.NAME));
  }

  private void refuse(Path tree, String relation) {
    LockFiles files = new LockFiles(tree.resolve(StateDirectory.NAME), Files::createLink);
    try {
      List<Found> chain = hasState(tree) ? files.chain() : List.of();
      if (!chain.isEmpty()) {
        refuse(chain.get(chain.size() - 1), files, "the tree '" + tree + "', " + relation);
      }
    } catch (AccessDeniedException e) {
      notes.accept(
          files.lock()
              + ": permission denied: it can not be said whether the tree '"
              + tree
              + "', "
              + relation
              + ", is being run");
    } catch (IOException e) {
      throw refused(files.lock(), "the lock can not be read (" + Reasons.of(e) + ")");
    }
  }

  private void refuse(Found found, LockFiles files, String which) throws IOException {
    Path lock = files.lock();
    HostProcess.Life life = found.life();
    if (life == HostProcess.Life.DEAD) {
      return;
    }
    String running = which + ", is being run by " + found.who();
    if (life == HostProcess.Life.ALIVE) {
      throw refused(lock, running + ": wait for it, or stop it with " + files.howToStop());
    }
    Duration theirs = found.lease(lease);
    Optional<Duration> age = age(found);
    if (age.isPresent() && age.get().compareTo(theirs) <= 0) {
      throw refused(
          lock,
          running
              + ", which renewed the lock "
              + Durations.text(age.get().isNegative() ? Duration.ZERO : age.get())
              + " ago: wait for it or stop it; if it is gone, try again in "
              + Durations.text(theirs));
    }
  }

  /** By the clock of the file system of the own tree; empty if the lock is gone. */
  private Optional<Duration> age(Found found) throws IOException {
    try {
      return Optional.of(own.age(found));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static RefusedException refused(Path lock, String message) {
    return new RefusedException(List.of(Problem.of(lock.toString(), message)));
  }
}
