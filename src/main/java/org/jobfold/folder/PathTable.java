package org.jobfold.folder;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds the place of a folder in a list by its path. The hash codes are in one array of numbers,
 * each beside its place: of a million paths that are looked for millions of times, most are told
 * apart without going to the paths themselves, which are all over the memory.
 */
final class PathTable {
  private static final int NONE = -1;

  private final String[] paths;

  /** The hash code and the place of each path, where the hash code says or soon after it. */
  private final int[] table;

  /** A table of folders with different paths. */
  PathTable(List<JobFolder> folders) {
    paths = new String[folders.size()];
    table = new int[4 * Integer.highestOneBit(Math.max(1, folders.size()) * 2 - 1)];
    Arrays.fill(table, NONE);
    for (int i = 0; i < paths.length; i++) {
      paths[i] = folders.get(i).name().path();
      int hash = paths[i].hashCode();
      int at = first(hash);
      while (table[at + 1] != NONE) {
        at = next(at);
      }
      table[at] = hash;
      table[at + 1] = i;
    }
  }

  /** The place of the folder with this path, if there is one. */
  OptionalInt index(String path) {
    int hash = path.hashCode();
    for (int at = first(hash); table[at + 1] != NONE; at = next(at)) {
      if (table[at] == hash && paths[table[at + 1]].equals(path)) {
        return OptionalInt.of(table[at + 1]);
      }
    }
    return OptionalInt.empty();
  }

  private int first(int hash) {
    // Paths that count up have hash codes that differ in few bits: the golden ratio spreads them.
    return ((hash * 0x9e3779b9) >>> 7 << 1) & (table.length - 1);
  }

  private int next(int at) {
    return (at + 2) & (table.length - 1);
  }
}
