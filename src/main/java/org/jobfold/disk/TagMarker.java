package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file that switches a folder off. It lies in the folder itself, so that it goes where the
 * folder goes and outlives every run. What is in it does not matter.
 *
 * <p>It never looks at a folder file: {@code tagged: true} there switches the folder off as well,
 * and only the user can take that back.
 */
public final class TagMarker {
  /** The name of the file. */
  public static final String NAME = ".jobfold-tagged";

  private TagMarker() {}

  /** Whether the folder in this directory has the marker. */
  public static boolean isTagged(Path directory) {
    return Files.exists(directory.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** Switches the folder in this directory off. Does nothing where it is off. */
  public static void tag(Path directory) throws IOException {
    try {
      Files.createFile(directory.resolve(NAME));
    } catch (FileAlreadyExistsException e) {
      if (!isTagged(directory)) {
        throw e;
      }
    }
  }

  /** Switches the folder in this directory on. Does nothing where it is on. */
  public static void untag(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(NAME));
  }
}
