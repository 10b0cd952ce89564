package org.jobfold.disk;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jobfold.folder.After;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Glob;
import org.jobfold.folder.Retry;

/**
 * What the text of a key stands for.
 *
 * @param <T> the value
 */
@FunctionalInterface
interface TextType<T> {
  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it does not stand for such a value; the message goes on
   *     after the name of the key
   */
  T parse(String text);

  /** Any text. */
  TextType<String> ANY =
      text -> {
        if (text.indexOf('\0') >= 0) {
          throw new IllegalArgumentException("holds a NUL, which no program can be given");
        }
        return text;
      };

  /** A text that says something. */
  TextType<String> WORDS =
      text -> {
        if (text.isBlank()) {
          throw new IllegalArgumentException("is empty: write something, or take the key out");
        }
        return ANY.parse(text);
      };

  /** How many, at least one. */
  TextType<Integer> COUNT =
      text -> {
        if (!isNumber(text, 9) || Integer.parseInt(text) < 1) {
          throw new IllegalArgumentException("is '" + text + "': write a whole number from 1 on");
        }
        return Integer.valueOf(text);
      };

  /** How many, or 0 for none. */
  TextType<Integer> COUNT_OR_NONE =
      text -> {
        if (!isNumber(text, 9)) {
          throw new IllegalArgumentException("is '" + text + "': write a whole number from 0 on");
        }
        return Integer.valueOf(text);
      };

  /** A whole number. */
  TextType<Integer> INTEGER =
      text -> {
        if (!isNumber(text.startsWith("-") ? text.substring(1) : text, 9)) {
          throw new IllegalArgumentException(
              "is '" + text + "': write a whole number, such as 10 or -1");
        }
        return Integer.valueOf(text);
      };

  /** Yes or no. */
  TextType<Boolean> SWITCH =
      text ->
          switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default ->
                throw new IllegalArgumentException("is '" + text + "': write 'true' or 'false'");
          };

  /** A time that passes. */
  TextType<Duration> DURATION =
      text -> {
        Duration duration;
        try {
          duration = Durations.parse(text);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("can not be read: " + e.getMessage(), e);
        }
        if (duration.isZero()) {
          throw new IllegalArgumentException("is '" + text + "': it must be more than zero");
        }
        return duration;
      };

  /** A file in the folder. */
  TextType<String> INSIDE =
      text -> {
        String file = WORDS.parse(text);
        if (file.startsWith("/")) {
          throw new IllegalArgumentException(
              "is '" + file + "', which is not in the folder: write a relative path");
        }
        if (("/" + file + "/").contains("/../")) {
          throw new IllegalArgumentException(
              "is '" + file + "', which leaves the folder: write a path without '..'");
        }
        if (file.endsWith("/") || file.endsWith("/.") || file.equals(".")) {
          throw new IllegalArgumentException("is '" + file + "', a directory: name a file");
        }
        return file;
      };

  /** A regular expression. */
  TextType<String> PATTERN =
      text -> {
        try {
          Pattern.compile(text);
        } catch (PatternSyntaxException e) {
          throw new IllegalArgumentException(
              "is '"
                  + text
                  + "', which is no regular expression: "
                  + e.getDescription()
                  + " near index "
                  + e.getIndex(),
              e);
        }
        return WORDS.parse(text);
      };

  /** An exit code, or {@code any}. */
  TextType<Integer> EXIT_CODE =
      text -> {
        if (text.equals("any")) {
          return -1;
        }
        if (!isNumber(text, 3) || Integer.parseInt(text) > 255) {
          throw new IllegalArgumentException(
              "is '" + text + "': write an exit code from 0 to 255, several, or 'any'");
        }
        return Integer.valueOf(text);
      };

  /** Exit codes that are worth another trial: one, {@code any} or {@code none}. */
  TextType<Set<Integer>> RETRY_CODES =
      text -> {
        if (text.equals("any")) {
          return Retry.ANY_CODE;
        }
        if (text.equals("none")) {
          return Set.of();
        }
        if (!isNumber(text, 3) || Integer.parseInt(text) > 255) {
          throw new IllegalArgumentException(
              "is '" + text + "': write an exit code from 0 to 255, several, 'any' or 'none'");
        }
        return Set.of(Integer.valueOf(text));
      };

  /** How many times as much, at least once. */
  TextType<Double> FACTOR =
      text -> {
        if (!text.matches("\\d{1,6}([.]\\d{1,6})?") || Double.parseDouble(text) < 1) {
          throw new IllegalArgumentException(
              "is '" + text + "': write a number from 1 on, such as 2 or 1.5");
        }
        return Double.valueOf(text);
      };

  /** Stands for no queue. */
  String NO_QUEUE = "none";

  /** The name of a queue. */
  TextType<String> QUEUE_NAME =
      text -> {
        if (text.equals(NO_QUEUE)) {
          throw new IllegalArgumentException("is 'none', which stands for no queue: rename it");
        }
        if (!text.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}")) {
          throw new IllegalArgumentException(
              "is '"
                  + text
                  + "', which is no name of a queue: use letters, digits, '-' and '_', at most 100");
        }
        return text;
      };

  /** The name of a queue, or {@link #NO_QUEUE}. */
  TextType<String> QUEUE = text -> text.equals(NO_QUEUE) ? text : QUEUE_NAME.parse(text);

  /** The name of a folder, or a glob for names. */
  TextType<String> DEPENDS = text -> glob(WORDS.parse(text));

  /** How a predecessor must have ended. */
  TextType<After> AFTER =
      text ->
          switch (text) {
            case "success" -> After.SUCCESS;
            case "any" -> After.ANY;
            default ->
                throw new IllegalArgumentException("is '" + text + "': write 'success' or 'any'");
          };

  /** A file that a folder reads, or a glob for such files. */
  TextType<String> INPUT =
      text -> {
        String file = WORDS.parse(text);
        if (file.startsWith("/")) {
          throw new IllegalArgumentException(
              "is '" + file + "': write a path from the folder, such as '../" + base(file) + "'");
        }
        return glob(file);
      };

  /** A file that a folder writes, or a glob for such files. */
  TextType<String> OUTPUT = text -> glob(INSIDE.parse(text));

  private static String base(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  private static String glob(String text) {
    try {
      Glob.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("can not be read: " + e.getMessage(), e);
    }
    return text;
  }

  /** The name of a step. */
  TextType<String> STEP_NAME =
      text -> {
        if (!text.matches("[\\p{L}\\p{N}_+.][\\p{L}\\p{N}_+.-]{0,99}") || text.matches("[.]+")) {
          throw new IllegalArgumentException(
              "is '"
                  + text
                  + "', which is to be part of the names of files: use letters, digits, '-', '_'"
                  + " and '.', at most 100");
        }
        return text;
      };

  private static boolean isNumber(String text, int mostDigits) {
    return !text.isEmpty()
        && text.length() <= mostDigits
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
