package org.jobfold.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/**
 * How many folders failed of a cause.
 *
 * @param failures theirs, at least one
 */
record CauseCount(List<Failure> failures) {
  private static final int TOLD = 10;

  /** The causes by their text, the most frequent first. */
  static List<CauseCount> of(Collection<Failure> failures) {
    return failures.stream()
        .collect(Collectors.groupingBy(failure -> failure.cause().text()))
        .values()
        .stream()
        .map(CauseCount::new)
        .sorted(
            Comparator.comparing(CauseCount::count).reversed().thenComparing(c -> c.cause().text()))
        .toList();
  }

  Cause cause() {
    return failures.get(0).cause();
  }

  int count() {
    return failures.size();
  }

  /** The most frequent causes on one line. */
  static String text(Collection<Failure> failures) {
    List<CauseCount> all = of(failures);
    return all.stream().limit(TOLD).map(CauseCount::text).collect(Collectors.joining("; "))
        + (all.size() > TOLD ? "; …" : "");
  }

  /** {@code 3 × exit code 7}. */
  String text() {
    return count() + " × " + Words.line(cause().text());
  }
}
