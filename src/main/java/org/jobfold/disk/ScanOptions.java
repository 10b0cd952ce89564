package org.jobfold.disk;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.FolderName;

/**
 * How a tree is scanned, beside what its folder files say.
 *
 * @param match what folders run that say nothing of their own
 * @param environment what {@code ${env:NAME}} stands for, and where {@code PATH} is taken from
 * @param runKeys the settings of a run, which some may write in a folder file
 * @param only the folders that are looked at, with what they inherit; where absent, all
 * @param typed the params of the run that are wrong if no folder knows them, and not only noted
 */
public record ScanOptions(
    Optional<Match> match,
    Map<String, String> environment,
    Set<String> runKeys,
    Optional<Set<FolderName>> only,
    Set<String> typed) {
  /** Copies the map and the sets. */
  public ScanOptions {
    environment = Map.copyOf(environment);
    runKeys = Set.copyOf(runKeys);
    only = only.map(Set::copyOf);
    typed = Set.copyOf(typed);
  }

  /** No match; the environment of this process. */
  public static ScanOptions standard() {
    return new ScanOptions(Optional.empty(), System.getenv(), Set.of(), Optional.empty(), Set.of());
  }

  /** The same with a match. */
  public ScanOptions with(Match rule) {
    return new ScanOptions(Optional.of(rule), environment, runKeys, only, typed);
  }

  /** The same with another environment. */
  public ScanOptions with(Map<String, String> variables) {
    return new ScanOptions(match, variables, runKeys, only, typed);
  }

  /** The same beside these settings of a run. */
  public ScanOptions with(Set<String> keysOfRuns) {
    return new ScanOptions(match, environment, keysOfRuns, only, typed);
  }

  /** The same for these folders alone. */
  public ScanOptions only(Set<FolderName> folders) {
    return new ScanOptions(match, environment, runKeys, Optional.of(folders), typed);
  }

  /** The same, with these params of the run just typed: one that no folder knows is a slip. */
  public ScanOptions typed(Set<String> params) {
    return new ScanOptions(match, environment, runKeys, only, params);
  }
}
