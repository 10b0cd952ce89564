package org.jobfold.disk;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a tree is scanned, beside what its folder files say.
 *
 * @param match what folders run that say nothing of their own
 * @param environment what {@code ${env:NAME}} stands for, and where {@code PATH} is taken from
 * @param runKeys the settings of a run, which some may write in a folder file
 */
public record ScanOptions(
    Optional<Match> match, Map<String, String> environment, Set<String> runKeys) {
  /** Copies the map and the set. */
  public ScanOptions {
    environment = Map.copyOf(environment);
    runKeys = Set.copyOf(runKeys);
  }

  /** No match; the environment of this process. */
  public static ScanOptions standard() {
    return new ScanOptions(Optional.empty(), System.getenv(), Set.of());
  }

  /** The same with a match. */
  public ScanOptions with(Match rule) {
    return new ScanOptions(Optional.of(rule), environment, runKeys);
  }

  /** The same with another environment. */
  public ScanOptions with(Map<String, String> variables) {
    return new ScanOptions(match, variables, runKeys);
  }

  /** The same beside these settings of a run. */
  public ScanOptions with(Set<String> keysOfRuns) {
    return new ScanOptions(match, environment, keysOfRuns);
  }
}
