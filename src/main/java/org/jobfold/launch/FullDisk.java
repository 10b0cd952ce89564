package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells a disk that is full, or a quota that is used up, from other errors of files. Java says it
 * in the words of the system only, which are those of the user's language: they are compared with
 * what the system has to say of these two. Asks no disk.
 */
public final class FullDisk {
  /** What may be said, and what it is in English. */
  private static final Map<String, String> WORDS = words();

  private FullDisk() {}

  /** What the system said, in English, if it said that there is no room; else empty. */
  public static Optional<String> reason(IOException thrown) {
    String said =
        thrown instanceof FileSystemException system ? system.getReason() : thrown.getMessage();
    String lower = Objects.requireNonNullElse(said, "").toLowerCase(Locale.ROOT);
    return WORDS.entrySet().stream()
        .filter(words -> lower.contains(words.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    add(words, LibC.ENOSPC, "no space left on device");
    add(words, LibC.EDQUOT, "disk quota exceeded");
    return words;
  }

  private static void add(Map<String, String> words, int error, String english) {
    words.put(english, english);
    words.put(Errors.text(error).toLowerCase(Locale.ROOT), english);
    try {
      words.put(LibC.strerror(error).toLowerCase(Locale.ROOT), english);
    } catch (LinkageError e) {
      // The native launcher tells of it. In English it is known all the same.
    }
  }
}
