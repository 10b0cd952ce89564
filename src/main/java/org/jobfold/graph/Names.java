package org.jobfold.graph;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Glob;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;

/**
 * The names of the folders of a tree in their order, in which the folders below one come right
 * after it: one is found by its hash code, and those below one without looking at others.
 */
final class Names {
  private final JobTree tree;
  private final List<JobFolder> folders;

  Names(JobTree tree) {
    this.tree = tree;
    folders = tree.folders();
  }

  FolderName name(int index) {
    return folders.get(index).name();
  }

  OptionalInt index(FolderName name) {
    return index(name.path());
  }

  /** The index of the name with this path; there is none for what is no path of a name. */
  OptionalInt index(String path) {
    return tree.index(path);
  }

  /** Whether a folder of the tree lies below this name. */
  boolean isAbove(FolderName name) {
    int first = firstBelow(name);
    return first < folders.size() && name(first).isBelow(name);
  }

  /** The folders below this name whose paths from it match, in order. */
  void matching(FolderName top, Glob glob, IntConsumer found) {
    String prefix = top.isRoot() ? "/" : top.path() + "/";
    OptionalInt parts = glob.parts();
    int i = firstBelow(top);
    while (i < folders.size() && name(i).path().startsWith(prefix)) {
      String path = name(i).path();
      int end = parts.isPresent() ? endOfPart(path, prefix.length(), parts.getAsInt()) : -1;
      if (end >= 0) {
        // Deeper than anything that can match; and so is what follows in the same folder.
        i = firstNotBelow(path.substring(0, end + 1), i);
      } else {
        if (glob.matches(path.substring(prefix.length()))) {
          found.accept(i);
        }
        i++;
      }
    }
  }

  /**
   * The names right below this one that folders of the tree have, or are below; at most so many.
   */
  SortedSet<String> children(FolderName top, int most) {
    String prefix = top.isRoot() ? "/" : top.path() + "/";
    SortedSet<String> children = new TreeSet<>();
    int i = firstBelow(top);
    while (i < folders.size() && children.size() < most && name(i).path().startsWith(prefix)) {
      String path = name(i).path();
      int end = endOfPart(path, prefix.length(), 1);
      children.add(path.substring(prefix.length(), end < 0 ? path.length() : end));
      i = end < 0 ? i + 1 : firstNotBelow(path.substring(0, end + 1), i);
    }
    return children;
  }

  /** Where the slash after so many parts is, or -1 if there are no more of them. */
  private static int endOfPart(String path, int start, int parts) {
    int slash = start - 1;
    for (int i = 0; i < parts; i++) {
      slash = path.indexOf('/', slash + 1);
      if (slash < 0) {
        return -1;
      }
    }
    return slash;
  }

  private int firstBelow(FolderName top) {
    int low = 0;
    int high = folders.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (name(middle).compareTo(top) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The first name from {@code start} on that does not begin so: in steps that double, and back.
   */
  private int firstNotBelow(String prefix, int start) {
    int inside = start;
    int step = 1;
    while (inside + step < folders.size() && name(inside + step).path().startsWith(prefix)) {
      inside += step;
      step *= 2;
    }
    int outside = Math.min(inside + step, folders.size());
    while (outside - inside > 1) {
      int middle = (inside + outside) >>> 1;
      if (name(middle).path().startsWith(prefix)) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return outside;
  }
}
