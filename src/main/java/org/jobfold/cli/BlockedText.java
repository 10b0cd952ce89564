package org.jobfold.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/**
 * Folders that others block, for people: those together that the same folders block.
 *
 * @param blocked all of them, and no others
 */
record BlockedText(SortedMap<FolderName, Failure> blocked) {
  private static final int GROUPS = 20;
  private static final int NAMES = 5;

  /**
   * Folders that the same folders block.
   *
   * @param origins those upstream that did not succeed themselves
   * @param folders the ones that they block, in order; at least one
   */
  record Group(SortedSet<FolderName> origins, List<FolderName> folders) {
    /** {@code 12 by /relax: /a, /b}. */
    String text() {
      return folders.size() + " by " + names(origins) + ": " + names(folders);
    }
  }

  /** Those of some failures that are blocked. */
  static BlockedText of(Map<FolderName, Failure> failures) {
    SortedMap<FolderName, Failure> blocked = new TreeMap<>(failures);
    blocked.values().removeIf(failure -> !failure.blocked());
    return new BlockedText(blocked);
  }

  /** The groups, the largest first; among equals, by the name of the first folder. */
  List<Group> groups() {
    Map<SortedSet<FolderName>, List<FolderName>> byOrigins = new LinkedHashMap<>();
    blocked.forEach(
        (name, failure) -> {
          if (failure.cause() instanceof Cause.Upstream upstream) {
            byOrigins.computeIfAbsent(upstream.origins(), any -> new ArrayList<>()).add(name);
          }
        });
    return byOrigins.entrySet().stream()
        .map(entry -> new Group(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing((Group group) -> group.folders().size())
                .reversed()
                .thenComparing(group -> group.folders().get(0)))
        .toList();
  }

  /** A heading and a line for each group; none if nothing is blocked. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (blocked.isEmpty()) {
      return lines;
    }
    List<Group> groups = groups();
    lines.add(
        "blocked: "
            + Words.count(blocked.size(), "folder")
            + " not run, because of folders upstream");
    groups.stream().limit(GROUPS).map(group -> "  " + group.text()).forEach(lines::add);
    if (groups.size() > GROUPS) {
      lines.add("  and " + (groups.size() - GROUPS) + " more groups");
    }
    return lines;
  }

  private static String names(Collection<FolderName> names) {
    int more = names.size() - NAMES;
    return names.stream()
            .limit(NAMES)
            .map(name -> Words.line(name.path()))
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
