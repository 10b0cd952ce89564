package org.jobfold.output;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;

/**
 * Folders that failed alike: of the same cause, with the same complaint at the end of their output.
 *
 * @param failures at least one
 */
public record FailureGroup(SortedMap<FolderName, Failure> failures) {
  /** Copies the map; refuses an empty one. */
  public FailureGroup {
    if (failures.isEmpty()) {
      throw new IllegalArgumentException("a group of failures has none");
    }
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
  }

  /** All failures in groups, the largest first; among equals, by the name of the first folder. */
  public static List<FailureGroup> of(SortedMap<FolderName, Failure> failures) {
    Map<Signature, SortedMap<FolderName, Failure>> groups = new LinkedHashMap<>();
    failures.forEach(
        (folder, failure) ->
            groups
                .computeIfAbsent(Signature.of(folder, failure), any -> new TreeMap<>())
                .put(folder, failure));
    return groups.values().stream()
        .map(FailureGroup::new)
        .sorted(
            Comparator.comparing((FailureGroup group) -> group.failures().size())
                .reversed()
                .thenComparing(FailureGroup::first))
        .toList();
  }

  /** The first of the folders: it stands for all. */
  public FolderName first() {
    return failures.firstKey();
  }

  /** The failure of the first of the folders. */
  public Failure example() {
    return failures.getOrDefault(first(), failures.values().iterator().next());
  }
}
