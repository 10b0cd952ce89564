package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Finds the files that the globs of one folder stand for. It asks for each file once, and lists a
 * directory once however many globs need it, and only if one does.
 *
 * <p>A directory that a glob leads to stands for all files below it. Neither those nor {@code **}
 * reach into hidden directories, into job folders (their files are made by others, while this one
 * may be waiting), or through links to directories; each of these is reached by naming it.
 */
final class FileSearch {
  private final Path root;
  private final Path directory;
  private final Predicate<Path> isJobFolder;
  private final Predicate<String> isLeftOut;
  private final Map<Path, List<String>> listed = new HashMap<>();
  private final FoundFiles found = new FoundFiles();

  private FileSearch(
      Path root, Path directory, Predicate<Path> isJobFolder, Predicate<String> isLeftOut) {
    this.root = root;
    this.directory = directory;
    this.isJobFolder = isJobFolder;
    this.isLeftOut = isLeftOut;
  }

  /**
   * What globs stand for.
   *
   * @param root of the tree, absolute: what is named by an absolute path below it is found under
   *     its relative one
   * @param directory that of the folder
   * @param isJobFolder of a directory: whether it is one that runs something
   * @param isLeftOut of the name of a file that no glob names exactly
   */
  static FoundFiles find(
      Path root,
      Path directory,
      List<Glob> globs,
      Predicate<Path> isJobFolder,
      Predicate<String> isLeftOut) {
    FileSearch search = new FileSearch(root, directory, isJobFolder, isLeftOut);
    for (Glob glob : globs) {
      search.start(glob);
    }
    search.found.missing().removeAll(search.found.there().keySet());
    return search.found;
  }

  private void start(Glob glob) {
    walk(glob, 0, glob.isAbsolute() ? Path.of("/") : directory);
  }

  /** Goes on from a directory with the parts of a glob from {@code at} on. */
  private void walk(Glob glob, int at, Path path) {
    if (at == glob.parts().size()) {
      add(path, glob.isExact() ? Named.EXACTLY : Named.BY_PATTERN);
      return;
    }
    Glob.Part part = glob.parts().get(at);
    if (part instanceof Glob.Name name) {
      walk(glob, at + 1, path.resolve(name.name()));
    } else if (part instanceof Glob.AnyDepth) {
      if (at + 1 == glob.parts().size()) {
        addBelow(path);
      } else {
        walkAnyDepth(glob, at + 1, path);
      }
    } else {
      for (String name : list(path)) {
        if (part.matches(name)) {
          walk(glob, at + 1, path.resolve(name));
        }
      }
    }
  }

  private void walkAnyDepth(Glob glob, int next, Path path) {
    walk(glob, next, path);
    for (String name : list(path)) {
      Path below = path.resolve(name);
      if (isEntered(name, below)) {
        walkAnyDepth(glob, next, below);
      }
    }
  }

  private boolean isEntered(String name, Path below) {
    if (name.startsWith(".")) {
      return false;
    }
    return typeOf(below) == FileStamp.Type.DIRECTORY && !isJobFolder.test(below);
  }

  private enum Named {
    EXACTLY,
    BY_PATTERN
  }

  private void add(Path path, Named how) {
    if (how == Named.BY_PATTERN && isLeftOut.test(String.valueOf(path.getFileName()))) {
      return;
    }
    try {
      FileStamp.Stat stat = FileStamp.of(path);
      switch (stat.type()) {
        case REGULAR -> found.there().put(name(path), new FoundFiles.Located(path, stat.stamp()));
        case DIRECTORY -> addBelow(path);
        case OTHER -> {
          if (how == Named.EXACTLY) {
            found.unreadable().put(name(path), "it is not a file");
          }
        }
      }
    } catch (IOException e) {
      if (!isNotThere(path, e)) {
        found.unreadable().put(name(path), Reasons.of(e));
      } else if (how == Named.EXACTLY || Files.isSymbolicLink(path)) {
        found.missing().add(name(path));
      }
    }
  }

  /** Whether that is what was meant: what is asked for below a file is not there either. */
  private static boolean isNotThere(Path path, IOException e) {
    boolean notThere = e instanceof NoSuchFileException;
    for (Path above = path.getParent(); above != null && !notThere; above = above.getParent()) {
      notThere = Files.isRegularFile(above);
    }
    return notThere;
  }

  private void addBelow(Path path) {
    for (String name : list(path)) {
      if (name.startsWith(".")) {
        continue;
      }
      Path below = path.resolve(name);
      switch (typeOf(below)) {
        case REGULAR -> add(below, Named.BY_PATTERN);
        case DIRECTORY -> {
          if (!isJobFolder.test(below)) {
            addBelow(below);
          }
        }
        case OTHER -> {
          if (!Files.isDirectory(below)) {
            add(below, Named.BY_PATTERN);
          }
        }
      }
    }
  }

  /** What is there, no link being followed; nothing of use if it vanished. */
  private static FileStamp.Type typeOf(Path path) {
    try {
      return FileStamp.of(path, LinkOption.NOFOLLOW_LINKS).type();
    } catch (IOException e) {
      return FileStamp.Type.OTHER;
    }
  }

  /** The names in a directory; none if it is not there, or is none. */
  private List<String> list(Path path) {
    List<String> known = listed.get(path);
    if (known != null) {
      return known;
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
      for (Path entry : stream) {
        names.add(entry.getFileName().toString());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      names.clear();
    } catch (IOException e) {
      found.unreadable().put(name(path), Reasons.of(e));
    } catch (DirectoryIteratorException e) {
      found.unreadable().put(name(path), Reasons.of(Objects.requireNonNull(e.getCause())));
    }
    listed.put(path, names);
    return names;
  }

  /** From the folder, also for what is in the tree and was named by an absolute path. */
  private String name(Path path) {
    String text = path.toString();
    String here = directory + "/";
    if (text.startsWith(here)) {
      return text.substring(here.length());
    }
    Path plain = path.normalize();
    return plain.startsWith(root) ? directory.relativize(plain).toString() : text;
  }
}
