package org.jobfold.cli;

import picocli.CommandLine.TypeConversionException;

/**
 * A param that is given on the command line.
 *
 * @param name not empty
 * @param value may be empty
 */
record Param(String name, String value) {
  /** Reads {@code NAME=VALUE}. */
  static Param parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TypeConversionException(
          "'" + text + "' is not NAME=VALUE: write it like 'temperature=300'");
    }
    return new Param(text.substring(0, equals), text.substring(equals + 1));
  }
}
