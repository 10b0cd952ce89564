package org.jobfold.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/**
 * The parts that a tree is divided into, each with a state directory of its own, so that many batch
 * jobs can run it at a time: {@code parts/SET/INDEX}. One set alone counts, that which {@code
 * parts/current} names.
 *
 * <p>Who writes a set, or takes it back, holds the lock of the whole tree and has seen then that no
 * part is held. Who runs a part takes its lock first, and looks then whether somebody has the whole
 * tree, and whether its set still counts. So of two at least one sees the other. {@code
 * docs/formats/parts.md} has every step.
 */
public final class Parts {
  /** Its name in the state directory. */
  static final String NAME = "parts";

  private static final int LOOKS = 20;
  private static final long BETWEEN_LOOKS = 500;

  static final String CURRENT = "current";
  static final String FOLDERS = "folders.json";

  private final Path directory;

  private Parts(Path directory) {
    this.directory = directory;
  }

  /** Those of a tree. Makes nothing. */
  public static Parts of(Path root) {
    return inState(root.resolve(StateDirectory.NAME));
  }

  static Parts inState(Path state) {
    return new Parts(state.resolve(NAME));
  }

  /** The set that counts; empty if the tree is not divided. */
  public OptionalInt current() {
    try {
      String text = Files.readString(directory.resolve(CURRENT), StandardCharsets.UTF_8).strip();
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NoSuchFileException e) {
      return OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      throw refused(
          directory.resolve(CURRENT), "it can not be read: 'jobfold clean' takes the parts back");
    }
  }

  /** The state directory of a part. */
  Path path(PartName part) {
    return directory.resolve(String.valueOf(part.set())).resolve(String.valueOf(part.index()));
  }

  /** The folders of a part. */
  public List<FolderName> folders(PartName part) {
    Path file = path(part).resolve(FOLDERS);
    try {
      return OptionsFile.read(Files.readAllBytes(file)).stream().map(FolderName::new).toList();
    } catch (NoSuchFileException e) {
      throw refused(file, "there is no such part: the tree was submitted or run anew since");
    } catch (IOException | IllegalArgumentException e) {
      throw refused(file, "it can not be read: submit the tree again");
    }
  }

  /** The names of the parts that count, in their order. */
  public List<PartName> names() {
    OptionalInt set = current();
    if (set.isEmpty()) {
      return List.of();
    }
    List<PartName> names = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory.resolve(String.valueOf(set.getAsInt())))) {
      for (Path each : all.toList()) {
        String name = String.valueOf(each.getFileName());
        if (name.matches("[1-9][0-9]{0,8}")) {
          names.add(new PartName(set.getAsInt(), Integer.parseInt(name)));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw refused(directory, "it can not be read (" + Reasons.of(e) + ")");
    }
    names.sort(Comparator.comparingInt(PartName::index));
    return names;
  }

  /** Who holds a part; empty if nobody does. */
  public Optional<LockHolder> holder(PartName part) {
    try {
      return LockHolder.of(path(part), RunLock.LEASE);
    } catch (IOException e) {
      throw refused(path(part), "its lock can not be read (" + Reasons.of(e) + ")");
    }
  }

  /** Whether a part is being run. */
  public boolean isHeld(PartName part) {
    return holder(part).filter(LockHolder::lives).isPresent();
  }

  /** The parts that are being run. */
  public List<PartName> held() {
    return names().stream().filter(this::isHeld).toList();
  }

  /**
   * Refuses if a part is being run. For who holds the lock of the whole tree.
   *
   * @param why ends the message
   */
  void refuseHeld(String why) {
    for (PartName part : names()) {
      Optional<LockHolder> holder = holder(part).filter(LockHolder::lives);
      if (holder.isPresent()) {
        throw refused(
            path(part).resolve(LockFiles.NAME),
            "a part of the tree is being run by process "
                + holder.get().pid()
                + " on host '"
                + holder.get().host()
                + "'"
                + why);
      }
    }
  }

  /**
   * Refuses if somebody has the whole tree, or the set does not count. For who holds the lock of
   * the part.
   */
  void refuseWhole(PartName part) throws InterruptedException {
    Path state = directory.resolve("..").normalize();
    try {
      Optional<LockHolder> holder = whole(state);
      for (int look = 1; holder.isPresent() && look < LOOKS; look++) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
        holder = whole(state);
      }
      if (holder.isPresent()) {
        throw refused(
            state.resolve(LockFiles.NAME),
            "the whole tree is being run or changed by process "
                + holder.get().pid()
                + " on host '"
                + holder.get().host()
                + "', so no part of it is");
      }
    } catch (IOException e) {
      throw refused(state, "its lock can not be read (" + Reasons.of(e) + ")");
    }
    if (current().isEmpty() || current().getAsInt() != part.set()) {
      throw refused(
          directory,
          "part " + part + " does not count any more: the tree was submitted or run anew since");
    }
  }

  private static Optional<LockHolder> whole(Path state) throws IOException {
    return LockHolder.of(state, RunLock.LEASE).filter(LockHolder::lives);
  }

  /**
   * Writes a set of parts, which does not count before {@link #count}; the one before is taken
   * back. The lock of the whole tree is held.
   *
   * @return the names of the parts, in their order
   * @throws RefusedException if it can not be written
   */
  List<PartName> write(int set, List<List<FolderName>> parts) {
    takeBack();
    List<PartName> names = new ArrayList<>();
    try {
      for (int i = 0; i < parts.size(); i++) {
        PartName name = new PartName(set, i + 1);
        names.add(name);
        Path path = path(name);
        Files.createDirectories(path);
        Files.write(
            path.resolve(FOLDERS),
            OptionsFile.write(parts.get(i).stream().map(FolderName::path).toList()));
      }
    } catch (IOException e) {
      throw refused(directory, "it can not be written (" + Reasons.of(e) + ")");
    }
    return names;
  }

  /** From now on this set counts. */
  void count(int set) {
    try {
      Path draft = directory.resolve(CURRENT + ".tmp");
      Files.writeString(draft, set + "\n");
      Files.move(draft, directory.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(directory, "it can not be written (" + Reasons.of(e) + ")");
    }
  }

  /**
   * Takes the parts back: none counts any more, and what they have come to is forgotten. The lock
   * of the whole tree is held, no part is, and who wants to keep what they have come to has written
   * it down.
   */
  void takeBack() {
    try {
      Files.deleteIfExists(directory.resolve(CURRENT));
      for (Path file : files(directory)) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          removeEmpty(file);
        } else {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw refused(directory, "it can not be removed (" + Reasons.of(e) + ")");
    }
  }

  private static void removeEmpty(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // somebody else's files are in it
    }
  }

  /** What is jobfold's below the directory, the deepest first. */
  static List<Path> files(Path directory) throws IOException {
    List<Path> own = new ArrayList<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return own;
    }
    try (Stream<Path> all = Files.walk(directory, 4)) {
      for (Path path : all.toList()) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          own.add(path);
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
            && StateFiles.isOfPart(path)) {
          own.add(path);
        }
      }
    }
    own.sort(Comparator.reverseOrder());
    return own;
  }

  private static RefusedException refused(Path place, String message) {
    return new RefusedException(List.of(Problem.of(place.toString(), message)));
  }
}
