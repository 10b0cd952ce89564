package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the file system of a directory is full, as it says itself. Changes nothing, and so does
 * not see quotas, or that there can be no more files.
 */
public final class UsedUp {
  /** What is left where the last block of a program did not fit any more. */
  private static final long SMALL = 64 << 10;

  private UsedUp() {}

  /** Whether there is no room left on it; not, if that is not known. */
  public static boolean is(Path directory) {
    try {
      FileStore store = Files.getFileStore(directory);
      return store.getTotalSpace() > 0 && store.getUsableSpace() < SMALL;
    } catch (IOException e) {
      return false;
    }
  }
}
