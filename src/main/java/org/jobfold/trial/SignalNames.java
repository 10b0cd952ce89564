package org.jobfold.trial;

import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The names of signals: those that have one number on all systems jobfold runs on, and the two for
 * users' own purposes with their numbers on Linux.
 */
public final class SignalNames {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "HUP"),
          Map.entry(2, "INT"),
          Map.entry(3, "QUIT"),
          Map.entry(4, "ILL"),
          Map.entry(5, "TRAP"),
          Map.entry(6, "ABRT"),
          Map.entry(8, "FPE"),
          Map.entry(9, "KILL"),
          Map.entry(10, "USR1"),
          Map.entry(11, "SEGV"),
          Map.entry(12, "USR2"),
          Map.entry(13, "PIPE"),
          Map.entry(14, "ALRM"),
          Map.entry(15, "TERM"));

  private static final Map<String, Integer> NUMBERS =
      NAMES.entrySet().stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey));

  private static final int LAST = 64;

  private SignalNames() {}

  /** {@code "10 (USR1)"}, or only the number of a signal without a common name. */
  public static String text(int number) {
    String name = NAMES.get(number);
    return name == null ? Integer.toString(number) : number + " (" + name + ")";
  }

  /** The number of {@code USR1}, {@code SIGUSR1} or {@code 10}; empty for anything else. */
  public static OptionalInt number(String signal) {
    String name = signal.toUpperCase(Locale.ROOT);
    Integer known = NUMBERS.get(name.startsWith("SIG") ? name.substring(3) : name);
    if (known != null) {
      return OptionalInt.of(known);
    }
    try {
      int number = Integer.parseInt(signal);
      return number >= 1 && number <= LAST ? OptionalInt.of(number) : OptionalInt.empty();
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
