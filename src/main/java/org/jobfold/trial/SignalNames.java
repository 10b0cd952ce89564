package org.jobfold.trial;

import java.util.Map;

/** The names of the signals that have one number on all systems jobfold runs on. */
final class SignalNames {
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
          Map.entry(11, "SEGV"),
          Map.entry(13, "PIPE"),
          Map.entry(14, "ALRM"),
          Map.entry(15, "TERM"));

  private SignalNames() {}

  /** {@code " (KILL)"}, or nothing for a signal without a common name. */
  static String suffix(int number) {
    String name = NAMES.get(number);
    return name == null ? "" : " (" + name + ")";
  }
}
