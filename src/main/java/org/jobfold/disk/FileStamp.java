package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a version of a file is known by without reading it. Times are nanoseconds since 1970, by the
 * clock of the file system.
 *
 * <p>The device is not part of it: its number changes when a file system is mounted again.
 *
 * @param size in bytes
 * @param written when its content was written last; can be set by anybody
 * @param changed when anything about it was changed last; can not be set
 * @param inode its number; 0 where files have none
 */
record FileStamp(long size, long written, long changed, long inode) {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1000 * MILLISECOND;

  /** The clock of the kernel's timer, which files are stamped with, ticks every 10 ms or faster. */
  private static final long TICK = 20 * MILLISECOND;

  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;

  /** What a path leads to. */
  enum Type {
    REGULAR,
    DIRECTORY,
    OTHER
  }

  /** A stamp, and what it is of. */
  record Stat(Type type, FileStamp stamp) {}

  /** Asks the file system once, following links. */
  static Stat of(Path path, LinkOption... links) throws IOException {
    Map<String, Object> found;
    try {
      found = Files.readAttributes(path, "unix:mode,size,lastModifiedTime,ctime,ino", links);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return basic(path, links);
    }
    int type = number(found, "mode").intValue() & TYPE;
    return new Stat(
        type == REGULAR ? Type.REGULAR : type == DIRECTORY ? Type.DIRECTORY : Type.OTHER,
        new FileStamp(
            number(found, "size").longValue(),
            nanoseconds(found, "lastModifiedTime"),
            nanoseconds(found, "ctime"),
            number(found, "ino").longValue()));
  }

  private static Stat basic(Path path, LinkOption... links) throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, links);
    long written = found.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    return new Stat(
        found.isRegularFile() ? Type.REGULAR : found.isDirectory() ? Type.DIRECTORY : Type.OTHER,
        new FileStamp(found.size(), written, written, 0));
  }

  private static Number number(Map<String, Object> found, String name) {
    return found.get(name) instanceof Number number ? number : 0;
  }

  private static long nanoseconds(Map<String, Object> found, String name) {
    return found.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }

  /**
   * From when on a change of this file would give it another stamp: one tick after its last change.
   * A stamp without a fraction of a second may come from a file system that keeps none.
   */
  long settled() {
    return changed + TICK + (changed % SECOND == 0 ? 2 * SECOND : 0);
  }
}
