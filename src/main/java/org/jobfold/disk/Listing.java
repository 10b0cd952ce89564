package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a scan wants to know of one directory, found in one pass over it.
 *
 * <p>It never follows a symbolic link to a directory, and asks for the type of each entry once.
 */
final class Listing {
  private static final Set<PosixFilePermission> EXECUTABLE_BY_ALL =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_EXECUTE);

  private final Predicate<Path> isWanted;

  /** Directories to enter. */
  final List<Path> directories = new ArrayList<>();

  /** Symbolic links to directories. */
  final List<Path> links = new ArrayList<>();

  /** Names of directories that this JVM can not represent. */
  final List<Path> misnamed = new ArrayList<>();

  /** Names of folder files, {@code job.yml} among them. */
  final SortedSet<String> folderFiles = new TreeSet<>();

  /** Those of {@code run} and {@code run.sh} that can be executed. */
  final SortedSet<String> scripts = new TreeSet<>();

  /** Those of {@code run} and {@code run.sh} that can not. */
  final SortedSet<String> notExecutable = new TreeSet<>();

  /** Folder files that are links to nowhere, pipes or the like. */
  final SortedSet<String> noFiles = new TreeSet<>();

  /** Names of files that were asked for. */
  final SortedSet<String> wanted = new TreeSet<>();

  /** How many hidden directories there are, save for jobfold's own. */
  int hidden;

  /** Whether the marker is there. */
  boolean tagged;

  /** Whether there is a file with settings of runs. */
  boolean runFile;

  private Listing(Predicate<Path> isWanted) {
    this.isWanted = isWanted;
  }

  /**
   * Lists a directory. What vanishes meanwhile was not there; a directory that is gone is empty.
   *
   * @param isWanted of the name of a file: whether it is to be in {@link #wanted}
   */
  static Listing of(Path directory, Predicate<Path> isWanted) throws IOException {
    Listing listing = new Listing(isWanted);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path path : stream) {
        listing.add(path);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Listing(isWanted);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return listing;
  }

  private void add(Path path) throws IOException {
    String name = path.getFileName().toString();
    try {
      if (name.equals(TagMarker.NAME)) {
        tagged = true;
      } else if (FolderFiles.isRead(name)) {
        addKnown(path, name);
      } else {
        addOther(path, name);
      }
    } catch (NoSuchFileException e) {
      // It vanished: not there.
    }
  }

  private void addKnown(Path path, String name) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, PosixFileAttributes.class);
    } catch (IOException e) {
      if (!Files.isSymbolicLink(path)) {
        throw e;
      }
      addUnfit(name);
      return;
    }
    if (attributes.isDirectory()) {
      addOther(path, name);
    } else if (!attributes.isRegularFile()) {
      addUnfit(name);
    } else if (name.equals(RunFile.NAME)) {
      runFile = true;
    } else if (!isScript(name)) {
      folderFiles.add(name);
    } else if (isExecutable(path, (PosixFileAttributes) attributes)) {
      scripts.add(name);
    } else {
      notExecutable.add(name);
    }
  }

  private void addUnfit(String name) {
    (isScript(name) ? notExecutable : noFiles).add(name);
  }

  private void addOther(Path path, String name) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      if (name.equals(StateDirectory.NAME)) {
        return;
      }
      if (name.startsWith(".")) {
        hidden += name.equals(StateDirectory.NAME) ? 0 : 1;
      } else {
        (isFaithful(path, name) ? directories : misnamed).add(path);
      }
    } else if (attributes.isSymbolicLink() && Files.isDirectory(path)) {
      if (!name.startsWith(".")) {
        links.add(path);
      }
    } else if (isWanted.test(path.getFileName())
        && (attributes.isRegularFile() || Files.isRegularFile(path))) {
      (isFaithful(path, name) ? wanted : noFiles).add(name);
    }
  }

  private static boolean isScript(String name) {
    return name.startsWith(FolderFiles.RUN);
  }

  private static boolean isExecutable(Path path, PosixFileAttributes attributes) {
    return attributes.permissions().containsAll(EXECUTABLE_BY_ALL) || Files.isExecutable(path);
  }

  /** Whether the text of a name leads back to the file. */
  private static boolean isFaithful(Path path, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x7f || c == '?') {
        try {
          return Path.of(name).equals(path.getFileName());
        } catch (InvalidPathException e) {
          return false;
        }
      }
    }
    return true;
  }
}
