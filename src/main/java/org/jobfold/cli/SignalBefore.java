package org.jobfold.cli;

import java.time.Duration;
import java.util.OptionalInt;
import org.jobfold.folder.Durations;
import org.jobfold.trial.SignalNames;
import picocli.CommandLine.TypeConversionException;

/**
 * A signal that running folders get before the end.
 *
 * @param before how long before
 * @param signal its number
 */
record SignalBefore(Duration before, int signal) {
  private static final String USUAL = "USR1";

  /** Reads {@code 5m:USR1}, or {@code 5m} for the same. */
  static SignalBefore parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? USUAL : text.substring(colon + 1);
    OptionalInt signal = SignalNames.number(name);
    if (signal.isEmpty()) {
      throw new TypeConversionException(
          "'" + name + "' is no signal: write a name like 'USR1' or a number from 1 to 64");
    }
    try {
      return new SignalBefore(
          Durations.parse(colon < 0 ? text : text.substring(0, colon)), signal.getAsInt());
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
