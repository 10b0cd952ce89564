package org.jobfold.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * How many tokens a queue has.
 *
 * @param name as folder files write it
 * @param tokens at least 1
 */
record QueueSize(String name, int tokens) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** Says that a folder is in no queue. */
  private static final String NONE = "none";

  /** Reads {@code NAME=N}. */
  static QueueSize parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TypeConversionException("'" + text + "' is not NAME=N: write it like 'licence=4'");
    }
    String name = text.substring(0, equals);
    if (!NAME.matcher(name).matches() || name.equals(NONE)) {
      throw new TypeConversionException(
          "'"
              + name
              + "' can not be the name of a queue: use letters, digits, '-' and '_', and not 'none'");
    }
    return new QueueSize(name, tokens(name, text.substring(equals + 1)));
  }

  private static int tokens(String name, String text) {
    int tokens;
    try {
      tokens = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + text + "' is no number of tokens: write it like '" + name + "=4'");
    }
    if (tokens < 1) {
      throw new TypeConversionException(
          "queue '" + name + "' can not have " + tokens + " tokens: give it at least 1");
    }
    return tokens;
  }
}
