package org.jobfold.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.journal.RunState;
import org.jobfold.spi.Clock;

/** The directory {@code .jobfold} at the root of a tree: all that jobfold keeps about it. */
public final class StateDirectory {
  /** Its name in the root of the tree. */
  public static final String NAME = ".jobfold";

  private static final String OPTIONS = "options.json";

  private final Path path;
  private final Path root;
  private final Optional<PartName> part;

  private StateDirectory(Path path, Path root, Optional<PartName> part) {
    this.path = path;
    this.root = root;
    this.part = part;
  }

  private StateDirectory(Path path) {
    this(path, path.resolveSibling(""), Optional.empty());
  }

  /**
   * The state directory of a part of a tree.
   *
   * @throws RefusedException if there is no such part
   */
  public static StateDirectory of(Path root, PartName part) {
    Parts parts = Parts.of(root);
    parts.folders(part);
    return new StateDirectory(parts.path(part), root, Optional.of(part));
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

  /** The state directory of a tree; empty if there is none. Makes nothing. */
  public static Optional<StateDirectory> existing(Path root) {
    Path path = root.resolve(NAME);
    return Files.isDirectory(path) ? Optional.of(new StateDirectory(path)) : Optional.empty();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Takes the tree to run its folders: as the other method, which tells the rest. */
  public RunLock lock(
      JobTree folders, RunLock.BreakLock breakLock, Clock clock, Consumer<String> notes)
      throws InterruptedException {
    return lock(names(folders), breakLock, clock, notes);
  }

  private static List<FolderName> names(JobTree tree) {
    return tree.folders().stream().map(JobFolder::name).toList();
  }

  /**
   * Takes the tree for one run. Takes at once what is free, or was held by a process of this host
   * that has ended; watches a lock that was not renewed for long for its lease, which is a minute.
   *
   * <p>Refuses also if a run that lives has a tree above, or one below with folders of this tree in
   * it. Those are looked at once this tree is taken, and never taken themselves.
   *
   * @param folders what is to run, or to be cleaned
   * @param breakLock whether to take it also from a run that may live on another host
   * @param clock the time
   * @param notes told, for people, what takes time and from whom it was taken over
   * @throws RefusedException if another run has it: it says which, since when, and what to do
   */
  public RunLock lock(
      Collection<FolderName> folders,
      RunLock.BreakLock breakLock,
      Clock clock,
      Consumer<String> notes)
      throws InterruptedException {
    LockFiles files = new LockFiles(path, Files::createLink);
    RunLock lock =
        new LockTaking(
                files,
                RunLock.LEASE,
                clock,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
                notes)
            .take(breakLock);
    boolean alone = false;
    try {
      refuseOverlap(folders, notes);
      alone = true;
      return lock;
    } finally {
      if (!alone) {
        lock.close();
      }
    }
  }

  /**
   * Looks, once the tree is taken, whether a run that lives has a tree above, or one below with
   * folders of this tree in it.
   *
   * @param folders what is to run
   * @param notes told, for people, what could not be looked at
   * @throws RefusedException if there is one
   */
  public void refuseOverlap(JobTree folders, Consumer<String> notes) throws InterruptedException {
    refuseOverlap(names(folders), notes);
  }

  private void refuseOverlap(Collection<FolderName> folders, Consumer<String> notes)
      throws InterruptedException {
    LockFiles files = new LockFiles(path, Files::createLink);
    if (part.isPresent()) {
      Parts.of(root).refuseWhole(part.get());
    } else {
      Parts.inState(path).refuseHeld(": wait for it, or cancel its job with 'scancel'");
    }
    new Overlap(files, realRoot(), RunLock.LEASE, notes).refuse(folders);
  }

  /**
   * Who has the tree; empty if nobody does. It only looks.
   *
   * @throws RefusedException if the lock can not be read
   */
  public Optional<LockHolder> holder() {
    try {
      return LockHolder.of(path, RunLock.LEASE);
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  path.resolve(LockFiles.NAME).toString(),
                  "the lock can not be read (" + Reasons.of(e) + ")")));
    }
  }

  /** The root of the tree: the trees above are those above where it really is. */
  private Path realRoot() {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw new RefusedException(
          List.of(Problem.of(root.toString(), "it can not be entered (" + Reasons.of(e) + ")")));
    }
  }

  /**
   * What is known of the last run: nothing, if there was none.
   *
   * @throws RefusedException if its journal can not be read, is not one, or is of a newer version
   */
  public Account load() {
    Account own = journals().load();
    return part.isPresent()
        ? own
        : new PartsWatch(root)
            .with(new Sight(Optional.empty(), own), PartsWatch.NotBegun.AS_BEFORE)
            .account();
  }

  /** Where the parts of a tree begin. */
  public enum PartsBegin {
    /** With nothing. */
    ANEW,
    /** Each with a journal that says what earlier runs have come to. */
    GOING_ON
  }

  /**
   * Divides the tree into parts, and keeps in a journal of the whole tree what parts before have
   * come to. The lock is held.
   *
   * @param set its number, which no set had before
   * @throws org.jobfold.spi.NotWrittenException if a journal can not be written
   */
  public void divide(int set, List<List<FolderName>> folders, PartsBegin begin, Instant at) {
    Parts parts = Parts.inState(path);
    boolean isDivided = parts.current().isPresent();
    RunState before = isDivided || begin == PartsBegin.GOING_ON ? load().state() : new RunState();
    // Nobody has the tree: what a run has left that was killed does not run.
    before.lost(at, "the run was lost");
    if (isDivided) {
      resumed(before, at).close();
    }
    List<PartName> names = parts.write(set, folders);
    if (begin == PartsBegin.GOING_ON) {
      for (int i = 0; i < names.size(); i++) {
        new StateDirectory(parts.path(names.get(i)), root, Optional.of(names.get(i)))
            .resumed(before.of(folders.get(i)), at)
            .close();
      }
    }
    parts.count(set);
  }

  /** The number of the newest journal; 0 if there is none. */
  public int epoch() {
    return journals().newest();
  }

  /**
   * Takes back the parts that the tree was divided into, once what they have come to is in a
   * journal of the whole tree.
   */
  public void takeBackParts() {
    if (part.isEmpty()) {
      Parts.inState(path).takeBack();
    }
  }

  /** Whether there is a journal of an earlier run. */
  public boolean hasAccount() {
    return journals().exist() || (part.isEmpty() && Parts.inState(path).current().isPresent());
  }

  /**
   * A new journal that begins with nothing. That of the run before is kept as a backup; older ones
   * are deleted.
   *
   * @throws org.jobfold.spi.NotWrittenException if it can not be written
   */
  public JournalFile fresh(Instant at) {
    return resumed(new RunState(), at);
  }

  /**
   * A new journal that goes on from a state: that of {@link #load}, which belongs to the journal
   * from now on. The journal it was read from is kept as a backup, older ones while there is room.
   *
   * @param at the wall-clock time
   * @throws org.jobfold.spi.NotWrittenException if it can not be written
   */
  public JournalFile resumed(RunState state, Instant at) {
    return journals().begin(state, at);
  }

  /** Whether a tree has been run before: then there is something to go on from. */
  public static boolean isIn(Path root) {
    return existing(root).filter(StateDirectory::hasAccount).isPresent();
  }

  /**
   * Keeps the options of a run for the one that goes on from it.
   *
   * @throws UncheckedIOException if they can not be written
   */
  public void remember(List<String> options) {
    Path file = path.resolve(OPTIONS);
    Path temporary = path.resolve(OPTIONS + ".tmp");
    try {
      Files.write(temporary, OptionsFile.write(options));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the options '" + file + "' can not be written (" + Reasons.of(e) + ")", e);
    }
  }

  /**
   * The options of the last run; none if they were not kept. A part that was not run has those of
   * the tree; those of a tree that was run in parts are those of one of them, for all have the
   * same.
   *
   * @throws RefusedException if they can not be read
   */
  public List<String> remembered() {
    Path own = path.resolve(OPTIONS);
    if (part.isPresent()) {
      return remembered(Files.exists(own) ? own : root.resolve(NAME).resolve(OPTIONS));
    }
    Parts parts = Parts.inState(path);
    return remembered(
        parts.names().stream()
            .map(name -> parts.path(name).resolve(OPTIONS))
            .filter(Files::exists)
            .findFirst()
            .orElse(own));
  }

  private static List<String> remembered(Path file) {
    try {
      return Files.exists(file) ? OptionsFile.read(Files.readAllBytes(file)) : List.of();
    } catch (IOException e) {
      throw new RefusedException(
          List.of(
              Problem.of(
                  file.toString(),
                  "the options of the last run can not be read: delete the file, and give them again")));
    }
  }

  private Journals journals() {
    return new Journals(JournalDisk.REAL, path, JournalFile.Growth.STANDARD);
  }
}
