package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What a file is told by from its next version: the file itself, its size and when it was written.
 *
 * @param key the file's device and inode, as text
 * @param size in bytes
 * @param written when it, or what the system keeps of it, was changed last: this can not be set
 *     back, as the time of writing can by a program that copies or unpacks
 */
record FileMark(String key, long size, FileTime written) {
  /** What is not there. */
  static final FileMark ABSENT = new FileMark("", -1, FileTime.fromMillis(0));

  /**
   * File systems stamp with the clock of the kernel's timer. Two versions that were written within
   * one tick can not be told apart; the slowest timer in use ticks every 10 ms.
   */
  private static final Duration TICK = Duration.ofMillis(20);

  /** The mark of a file as it is now. */
  static FileMark of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileMark(String.valueOf(found.fileKey()), found.size(), changed(file, found));
    } catch (IOException e) {
      return ABSENT;
    }
  }

  private static FileTime changed(Path file, BasicFileAttributes found) throws IOException {
    try {
      return Files.getAttribute(file, "unix:ctime") instanceof FileTime time
          ? time
          : found.lastModifiedTime();
    } catch (UnsupportedOperationException e) {
      return found.lastModifiedTime();
    }
  }

  /**
   * The mark of a file before a trial that may write it anew. Waits for the next tick if the file
   * was written in this one: that is so only for a folder that is tried again at once.
   */
  static FileMark before(Path file) {
    FileMark mark = of(file);
    long age = System.currentTimeMillis() - mark.written.toMillis();
    if (age >= 0 && age < TICK.toMillis()) {
      LockSupport.parkNanos(TICK.toNanos());
      return of(file);
    }
    return mark;
  }
}
