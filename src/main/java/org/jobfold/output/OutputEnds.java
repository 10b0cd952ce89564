package org.jobfold.output;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;

/**
 * Failures with the last lines of their output, as it is in the folders now: a journal does not
 * keep them.
 *
 * @param failures all of them; those that were not read have no lines
 * @param unread the folders whose output was not read, because there are too many
 */
public record OutputEnds(SortedMap<FolderName, Failure> failures, SortedSet<FolderName> unread) {
  /** Copies both. */
  public OutputEnds {
    failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    unread = Collections.unmodifiableSortedSet(new TreeSet<>(unread));
  }

  /**
   * Reads the ends of the output of up to so many folders: of each cause some, so that many
   * failures of one do not hide the few of another. Those that are blocked have written nothing.
   *
   * @param root the root of the tree
   * @param most how many folders at most
   */
  public static OutputEnds read(Path root, SortedMap<FolderName, Failure> failures, int most) {
    SortedMap<FolderName, Failure> found = new TreeMap<>(failures);
    SortedMap<FolderName, Failure> ran = new TreeMap<>(failures);
    ran.values().removeIf(Failure::blocked);
    SortedSet<FolderName> unread = new TreeSet<>(ran.keySet());
    for (FolderName folder : chosen(ran, most)) {
      found.computeIfPresent(folder, (name, failure) -> read(root, name, failure));
      unread.remove(folder);
    }
    return new OutputEnds(found, unread);
  }

  private static List<FolderName> chosen(SortedMap<FolderName, Failure> failures, int most) {
    if (failures.size() <= most) {
      return List.copyOf(failures.keySet());
    }
    Map<String, Deque<FolderName>> byCause = new LinkedHashMap<>();
    failures.forEach(
        (folder, failure) ->
            byCause.computeIfAbsent(failure.cause().text(), any -> new ArrayDeque<>()).add(folder));
    List<FolderName> chosen = new ArrayList<>();
    while (chosen.size() < most) {
      for (Deque<FolderName> folders : byCause.values()) {
        if (!folders.isEmpty() && chosen.size() < most) {
          chosen.add(folders.remove());
        }
      }
    }
    return chosen;
  }

  private static Failure read(Path root, FolderName folder, Failure failure) {
    List<String> files =
        Stream.of(failure.tailOf(), failure.stderr(), failure.stdout())
            .filter(file -> !file.isEmpty())
            .distinct()
            .toList();
    Tail tail = Tail.of(root.resolve(folder.relative()), files);
    return failure.withTail(tail.file().isEmpty() ? failure.tailOf() : tail.file(), tail.lines());
  }
}
