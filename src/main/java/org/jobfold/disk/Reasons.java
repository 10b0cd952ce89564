package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** What the system said, in words for people. */
final class Reasons {
  private Reasons() {}

  static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    String text = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return text == null ? e.getClass().getSimpleName() : text.toLowerCase(Locale.ROOT);
  }

  /** Whether the system said, in English, that a disk is full or a quota used up. */
  static boolean isForWantOfRoom(IOException e) {
    String text = of(e);
    return text.contains("no space left on device") || text.contains("disk quota exceeded");
  }
}
