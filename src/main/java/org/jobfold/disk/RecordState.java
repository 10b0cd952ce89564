package org.jobfold.disk;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the record of a folder is worth. Each is a word of four letters. */
enum RecordState {
  /** It is of the folder's last success, and nothing happened since. */
  GOOD,
  /** The folder was begun again, and has not succeeded since. */
  OPEN,
  /** A later record of the same folder counts. */
  PAST;

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  byte[] bytes() {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  static RecordState of(String word) throws BadLine {
    for (RecordState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new BadLine("its state is '" + word + "', which is none");
  }
}
