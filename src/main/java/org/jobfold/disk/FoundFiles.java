package org.jobfold.disk;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that globs stand for, in the order of their names. A name is relative to the folder, or
 * absolute for what is outside of the tree and was named that way.
 *
 * @param there regular files
 * @param missing what was named and is not there, and links to nowhere
 * @param unreadable what can not be looked at, with the reason
 */
record FoundFiles(
    SortedMap<String, Located> there,
    SortedSet<String> missing,
    SortedMap<String, String> unreadable) {
  /** A file, and the stamp that it was found with. */
  record Located(Path path, FileStamp stamp) {}

  FoundFiles() {
    this(new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
  }
}
