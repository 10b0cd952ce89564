package org.jobfold.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;

/**
 * Watches the files of a tree that decide what is run: folder files, {@code run} and {@code
 * run.sh}, marks of {@code jobfold tag}, and files that a match takes. What trials write is no
 * news.
 *
 * <p>It never reads what is in these files: their size, time and permissions say whether they have
 * changed. Like a scan it follows no symbolic links to directories, and enters no hidden ones.
 */
public final class TreeWatch implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final int MOST_QUIETS = 10;

  private final Path root;
  private final Optional<Matching> matching;
  private final DirectoryEvents events;

  private TreeWatch(Path root, Optional<Matching> matching, DirectoryEvents events) {
    this.root = root;
    this.matching = matching;
    this.events = events;
  }

  /**
   * Watches a tree.
   *
   * @param root its directory
   * @param glob by which files make folders executable, if there is one
   * @param notes told once, for people, if not all of it can be watched
   */
  public static TreeWatch of(Path root, Optional<String> glob, Consumer<String> notes) {
    return new TreeWatch(
        root,
        glob.map(g -> new Matching(new Match(g, Match.PLACEHOLDER))),
        DirectoryEvents.begin(notes));
  }

  /**
   * Looks at the whole tree.
   *
   * @return a text that is another one if anything has changed that decides what is run
   */
  public String look() {
    Set<Path> seen = new HashSet<>();
    MessageDigest digest = digest();
    visit(root, digest, seen);
    events.forgetAllBut(seen);
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Waits until the system tells that something may have changed, and no more comes for half a
   * second; or until a time is over.
   *
   * @return whether the system told of something
   */
  public boolean await(Duration time) throws InterruptedException {
    if (!events.await(time, this::matters)) {
      return false;
    }
    for (int i = 0; i < MOST_QUIETS && events.await(QUIET, this::matters); i++) {
      // more comes
    }
    return true;
  }

  /** Whether a file that has come, changed or gone is news; so is a directory that has such. */
  private boolean matters(Path path) {
    Path name = path.getFileName();
    if (name == null || path.startsWith(root.resolve(StateDirectory.NAME))) {
      return false;
    }
    if (FolderFiles.isRead(name.toString()) || events.watches(path)) {
      return true;
    }
    if (Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return !name.toString().startsWith(".") && visit(path, digest(), new HashSet<>());
    }
    Path directory = path.getParent();
    return directory != null && matches(directory, name);
  }

  private boolean matches(Path directory, Path fileName) {
    return matching.isPresent() && matching.get().matches(folder(directory), fileName);
  }

  private FolderName folder(Path directory) {
    return directory.equals(root)
        ? FolderName.ROOT
        : new FolderName("/" + root.relativize(directory));
  }

  /** Watches a directory and all below it; whether anything in it decides what is run. */
  private boolean visit(Path top, MessageDigest digest, Set<Path> seen) {
    boolean any = false;
    Deque<Path> left = new ArrayDeque<>(List.of(top));
    while (!left.isEmpty()) {
      Path directory = left.pop();
      seen.add(directory);
      events.watch(directory);
      try {
        Listing listing = Listing.of(directory, name -> matches(directory, name));
        any |= add(directory, listing, digest);
        listing.directories.stream().sorted(Comparator.reverseOrder()).forEach(left::push);
      } catch (IOException unreadable) {
        digest.update(bytes(directory + " " + Reasons.of(unreadable) + "\n"));
      }
    }
    return any;
  }

  private static boolean add(Path directory, Listing listing, MessageDigest digest) {
    List<String> names =
        Stream.of(
                listing.folderFiles.stream(),
                listing.scripts.stream(),
                listing.notExecutable.stream(),
                listing.noFiles.stream(),
                listing.wanted.stream(),
                listing.tagged ? Stream.of(TagMarker.NAME) : Stream.<String>empty())
            .flatMap(all -> all)
            .distinct()
            .sorted()
            .toList();
    for (String name : names) {
      digest.update(bytes(stamp(directory.resolve(name)) + "\n"));
    }
    return !names.isEmpty();
  }

  private static String stamp(Path file) {
    try {
      PosixFileAttributes is = Files.readAttributes(file, PosixFileAttributes.class);
      return file + " " + is.size() + " " + is.lastModifiedTime() + " " + is.permissions();
    } catch (NoSuchFileException gone) {
      return file + " is gone";
    } catch (IOException | UnsupportedOperationException e) {
      return file + " is there";
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    events.close();
  }
}
