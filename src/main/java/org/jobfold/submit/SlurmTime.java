package org.jobfold.submit;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Slurm writes them. */
public final class SlurmTime {
  private static final Pattern OWN =
      Pattern.compile("[0-9]+|[0-9]+(:[0-9]{1,2}){1,2}|[0-9]+-[0-9]{1,2}(:[0-9]{1,2}){0,2}");

  private SlurmTime() {}

  /** Whether it is one of Slurm's own forms: {@code 90}, {@code 8:00:00}, {@code 1-12}. */
  public static boolean isOwn(String text) {
    Matcher own = OWN.matcher(text);
    return own.matches();
  }

  /** {@code 1-02:30:00}; part of a second counts as a whole one. */
  public static String text(Duration time) {
    long seconds = time.plusSeconds(1).minusNanos(1).toSeconds();
    String clock =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    return seconds >= 86_400 ? seconds / 86_400 + "-" + clock : clock;
  }
}
