package org.jobfold.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jobfold.folder.FolderName;

/** Which folders would run, and why, for people. */
final class WhyText {
  private WhyText() {}

  /** A line for each folder, the heading first. */
  static List<String[]> rows(Map<FolderName, Forecast.Expected> expected) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"FOLDER", "RUN", "WHY"});
    expected.forEach(
        (name, what) ->
            rows.add(
                new String[] {
                  Words.line(name.path()),
                  what.answer().name().toLowerCase(Locale.ROOT),
                  Words.line(String.join("; ", what.reasons()))
                }));
    return rows;
  }

  /** {@code 2 folders would run, 1 may run, 5 need not or can not}. */
  static String numbers(Collection<Forecast.Expected> all) {
    long yes = count(all, Forecast.Answer.YES);
    long maybe = count(all, Forecast.Answer.MAYBE);
    long no = count(all, Forecast.Answer.NO);
    return Words.count((int) yes, "folder")
        + " would run"
        + (maybe == 0 ? "" : ", " + maybe + " may run")
        + (no == 0 ? "" : ", " + no + " would not");
  }

  private static long count(Collection<Forecast.Expected> all, Forecast.Answer answer) {
    return all.stream().filter(expected -> expected.answer() == answer).count();
  }
}
