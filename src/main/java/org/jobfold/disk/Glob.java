package org.jobfold.disk;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A name or pattern of files, as a folder declares them: relative to the folder, or absolute. Each
 * part between slashes is a name, a pattern with {@code * ? [...] {...}}, or {@code **} for any
 * number of directories, also none. A name that begins with a dot matches only a pattern that does.
 *
 * @param text as it was written
 * @param parts between the slashes; {@code .} is left out
 */
record Glob(String text, List<Part> parts) {
  /** A part between slashes. */
  sealed interface Part {
    /** Whether the name of a file or directory fits. */
    boolean matches(String name);
  }

  /** A name as it is. */
  record Name(String name) implements Part {
    @Override
    public boolean matches(String other) {
      return name.equals(other);
    }
  }

  /** A pattern for one name. */
  record Pattern(PathMatcher matcher, boolean isForHidden) implements Part {
    @Override
    public boolean matches(String name) {
      return name.startsWith(".") == isForHidden && matcher.matches(Path.of(name));
    }
  }

  /** Any number of directories. */
  record AnyDepth() implements Part {
    @Override
    public boolean matches(String name) {
      return !name.startsWith(".");
    }
  }

  Glob {
    parts = List.copyOf(parts);
  }

  /**
   * Makes one ready.
   *
   * @throws IllegalArgumentException if it is none; the message says why and what to do
   */
  static Glob of(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split("/+", -1)) {
      if (part.equals("**")) {
        parts.add(new AnyDepth());
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(isPattern(part) ? pattern(part, text) : name(part, text));
      }
    }
    if (parts.isEmpty() && !text.equals(".")) {
      throw new IllegalArgumentException("'" + text + "' names no file: write one such as 'in.*'");
    }
    return new Glob(text, parts);
  }

  /** A name as it is, whatever is in it. */
  static Glob exactly(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split("/+", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(name(part, text));
      }
    }
    return new Glob(text, parts);
  }

  /** Whether it begins at the root of the file system. */
  boolean isAbsolute() {
    return text.startsWith("/");
  }

  /** Whether it has no patterns, and so names one file or directory. */
  boolean isExact() {
    return parts.stream().allMatch(Name.class::isInstance);
  }

  /**
   * Whether a file is one of those that it stands for: it fits, or is below a directory that does.
   *
   * @param path relative, if this is; with slashes
   */
  boolean matches(String path) {
    return path.startsWith("/") == isAbsolute()
        && matches(path.split("/+", -1), isAbsolute() ? 1 : 0, 0);
  }

  private boolean matches(String[] path, int at, int part) {
    if (part == parts.size()) {
      return true;
    }
    Part next = parts.get(part);
    if (!(next instanceof AnyDepth)) {
      return at < path.length && next.matches(path[at]) && matches(path, at + 1, part + 1);
    }
    boolean isLast = part + 1 == parts.size();
    for (int i = at; i < path.length; i++) {
      if (!isLast && matches(path, i, part + 1)) {
        return true;
      }
      if (!next.matches(path[i])) {
        return false;
      }
    }
    return isLast;
  }

  private static boolean isPattern(String part) {
    return part.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  private static Part name(String part, String text) {
    try {
      return new Name(Path.of(part).toString());
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "'" + text + "' can not be the name of a file: correct it", e);
    }
  }

  private static Part pattern(String part, String text) {
    try {
      return new Pattern(
          FileSystems.getDefault().getPathMatcher("glob:" + part), part.startsWith("."));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a glob: " + e.getDescription() + ": correct it", e);
    }
  }
}
