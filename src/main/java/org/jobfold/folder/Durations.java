package org.jobfold.folder;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write and read them: {@code 500ms}, {@code 90s}, {@code 2h}, {@code 1d12h}.
 */
public final class Durations {
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)");
  private static final Pattern WHOLE = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d)\\s*)+");

  /** Longer than anything that is waited for. */
  public static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /** So many times as long, to the millisecond, and at most {@link #LONGEST}. */
  public static Duration times(Duration duration, double factor) {
    if (factor == 1) {
      return duration;
    }
    double millis = (duration.toSeconds() * 1e3 + duration.toNanosPart() / 1e6) * factor;
    return millis < LONGEST.toMillis() ? Duration.ofMillis(Math.round(millis)) : LONGEST;
  }

  /**
   * Reads a duration: one or more numbers, each with a unit.
   *
   * @throws IllegalArgumentException if a unit is missing or unknown; the message says what to
   *     write
   */
  public static Duration parse(String text) {
    String trimmed = text.trim();
    if (!WHOLE.matcher(trimmed).matches()) {
      String hint =
          trimmed.matches("\\d+(\\.\\d+)?")
              ? "has no unit: write '" + trimmed + "s', '" + trimmed + "m' or '" + trimmed + "h'"
              : "is not a duration: write one like '90s', '30m', '2h' or '1d12h'";
      throw new IllegalArgumentException("'" + text + "' " + hint);
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(trimmed);
    while (part.find()) {
      sum =
          sum.plus(
              Duration.ofNanos(
                  Math.round(Double.parseDouble(part.group(1)) * nanos(part.group(2)))));
    }
    return sum;
  }

  /**
   * A duration for people, in its two largest units: {@code 1d12h}, {@code 3m20s}, {@code 1.5s},
   * {@code 20ms}.
   */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    if (millis < 10_000 && millis % 1000 >= 100) {
      return millis / 1000 + "." + millis % 1000 / 100 + "s";
    }
    long seconds = millis / 1000;
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      default -> 86_400e9;
    };
  }
}
