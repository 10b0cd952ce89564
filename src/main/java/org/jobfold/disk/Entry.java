package org.jobfold.disk;

import java.util.List;

/**
 * What a folder file says for one key.
 *
 * @param key with dots, such as {@code success.file}
 * @param texts what the user wrote; several for a list
 * @param source where
 * @param line of the source, from 1 on; 0 where it is not known
 */
record Entry(String key, List<String> texts, Source source, int line) {
  /** Copies the list. */
  Entry {
    texts = List.copyOf(texts);
  }

  /** Whether this text depends on other values. */
  static boolean isTemplate(String text) {
    return text.contains("${");
  }
}
