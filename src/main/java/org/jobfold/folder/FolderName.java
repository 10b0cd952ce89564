package org.jobfold.folder;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The name of a job folder: its path from the root of the tree, {@code /si/a5.43}. The root is
 * {@code /}.
 *
 * <p>Names sort level by level, so that a folder comes right before all that is below it: {@code
 * /a}, {@code /a/b}, {@code /a b}. Within a level the order is that of UTF-16 code units, the same
 * on every machine.
 *
 * @param path absolute, with single slashes and none at the end; no {@code .} or {@code ..} in it
 */
public record FolderName(String path) implements Comparable<FolderName> {
  /** The root of every tree. */
  public static final FolderName ROOT = new FolderName("/");

  /** Checks the form of the path. */
  public FolderName {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "folder name '" + path + "' does not start at the root: write '/" + path + "'");
    }
    for (int start = 1; path.length() > 1 && start <= path.length(); ) {
      int end = endOfPart(path, start);
      if (isNone(path, start, end)) {
        throw new IllegalArgumentException(
            "folder name '"
                + path
                + "' has the part '"
                + path.substring(start, end)
                + "': write it without");
      }
      start = end + 1;
    }
  }

  private static int endOfPart(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }

  /** Whether a part is empty, {@code .} or {@code ..}. */
  private static boolean isNone(String path, int start, int end) {
    int length = end - start;
    return length == 0
        || (length == 1 && path.charAt(start) == '.')
        || (length == 2 && path.startsWith("..", start));
  }

  /**
   * The name of a folder from a path that may be relative to {@code this}, with {@code .} and
   * {@code ..} resolved.
   */
  public FolderName resolve(String relative) {
    StringBuilder at = new StringBuilder(relative.startsWith("/") || isRoot() ? "" : path);
    for (int start = 0; start <= relative.length(); ) {
      int end = endOfPart(relative, start);
      int length = end - start;
      if (!isNone(relative, start, end)) {
        at.append('/').append(relative, start, end);
      } else if (length == 2) {
        if (at.length() == 0) {
          throw new IllegalArgumentException("'" + relative + "' leaves the tree above its root");
        }
        at.setLength(at.lastIndexOf("/"));
      }
      start = end + 1;
    }
    return at.length() == 0 ? ROOT : new FolderName(at.toString());
  }

  /** The folder {@code base} right below this one. */
  public FolderName child(String base) {
    return new FolderName(isRoot() ? "/" + base : path + "/" + base);
  }

  /** The folder above, or none for the root. */
  public Optional<FolderName> parent() {
    if (isRoot()) {
      return Optional.empty();
    }
    int slash = path.lastIndexOf('/');
    return Optional.of(slash == 0 ? ROOT : new FolderName(path.substring(0, slash)));
  }

  /** The last part of the name; empty for the root. */
  public String base() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The parts of the name from the root on; none for the root. */
  public List<String> parts() {
    return isRoot() ? List.of() : parts(path);
  }

  /** The path from the root's directory, with no slash in front; empty for the root. */
  public String relative() {
    return path.substring(1);
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return path.length() == 1;
  }

  /** Whether this folder lies below {@code other}, at any depth. */
  public boolean isBelow(FolderName other) {
    return !equals(other) && (other.isRoot() || path.startsWith(other.path + "/"));
  }

  /** Compares level by level: a slash sorts before every other character. */
  @Override
  public int compareTo(FolderName other) {
    int shared = Math.min(path.length(), other.path.length());
    for (int i = 0; i < shared; i++) {
      char mine = path.charAt(i);
      char its = other.path.charAt(i);
      if (mine != its) {
        return mine == '/' ? -1 : its == '/' ? 1 : Character.compare(mine, its);
      }
    }
    return Integer.compare(path.length(), other.path.length());
  }

  /** As that of any record, but quick also where nothing is compiled yet. */
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof FolderName name && path.equals(name.path));
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }

  @Override
  public String toString() {
    return path;
  }

  private static List<String> parts(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }
}
