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
   * to a terminal, and none that changes the direction of writing passes for another.
   */
  static String line(String text) {
    if (text.chars().noneMatch(Words::isHarmful)) {
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
              } else if (isHarmful(c)) {
                safe.append(String.format(Locale.ROOT, c < 256 ? "\\x%02x" : "\\u%04x", c));
              } else {
                safe.append((char) c);
              }
            });
    return safe.toString();
  }

  /** Whether it steers a terminal, ends a line, or turns the direction of writing. */
  private static boolean isHarmful(int c) {
    return Character.isISOControl(c)
        || c == 0x200e
        || c == 0x200f
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
