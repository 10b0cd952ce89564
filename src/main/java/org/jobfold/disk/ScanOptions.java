package org.jobfold.disk;

import java.util.Map;
import java.util.Optional;

/**
 * How a tree is scanned, beside what its folder files say.
 *
 * @param match what folders run that say nothing of their own
 * @param environment what {@code ${env:NAME}} stands for, and where {@code PATH} is taken from
 */
public record ScanOptions(Optional<Match> match, Map<String, String> environment) {
  /** Copies the map. */
  public ScanOptions {
    environment = Map.copyOf(environment);
  }

  /** No match; the environment of this process. */
  public static ScanOptions standard() {
    return new ScanOptions(Optional.empty(), System.getenv());
  }

  /** The same with a match. */
  public ScanOptions with(Match rule) {
    return new ScanOptions(Optional.of(rule), environment);
  }

  /** The same with another environment. */
  public ScanOptions with(Map<String, String> variables) {
    return new ScanOptions(match, variables);
  }
}
