package org.jobfold.cli;

import java.util.Locale;

/** Small things that every command writes alike. */
final class Words {
  private Words() {}

  /** A count and its noun: {@code 1 folder}, {@code 2 folders}. */
  static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  /**
   * A text on one line: control characters as escapes, so that a name with a newline does no harm
   * to a terminal.
   */
  static String line(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c == '\n') {
                safe.append("\\n");
              } else if (c == '\t') {
                safe.append("\\t");
              } else if (Character.isISOControl(c)) {
                safe.append(String.format(Locale.ROOT, "\\x%02x", c));
              } else {
                safe.append((char) c);
              }
            });
    return safe.toString();
  }

  /** Bytes for people: {@code 12.3 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1 << 20) {
      return (bytes >> 10) + " KiB";
    }
    double mebi = bytes / (double) (1 << 20);
    return mebi < 1024
        ? String.format(Locale.ROOT, "%.1f MiB", mebi)
        : String.format(Locale.ROOT, "%.1f GiB", mebi / 1024);
  }
}
