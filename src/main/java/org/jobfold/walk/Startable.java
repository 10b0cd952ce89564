package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jobfold.folder.JobFolder;

/** The folders that may start, by priority. Knows nothing of what runs. */
final class Startable {
  private final Sharing sharing;
  private final TreeMap<Integer, Level> levels = new TreeMap<>(Comparator.reverseOrder());

  Startable(Sharing sharing) {
    this.sharing = sharing;
  }

  void add(Waiting waiting) {
    JobFolder folder = waiting.changed();
    levels
        .computeIfAbsent(folder.settings().priority(), any -> new Level())
        .add(Need.of(folder, sharing), waiting);
  }

  int size() {
    int size = 0;
    for (Level level : levels.values()) {
      size += level.size();
    }
    return size;
  }

  boolean isEmpty() {
    return levels.isEmpty();
  }

  /** The levels, the one with the largest priority first. None is empty. */
  Collection<Level> levels() {
    return levels.values();
  }

  /** Forgets levels from which all folders were taken. */
  void tidy() {
    levels.values().removeIf(Level::isEmpty);
  }

  /** The folders, in no particular order. */
  Stream<Waiting> stream() {
    return levels.values().stream().flatMap(Level::stream);
  }

  /** Takes out of each line, from its first folder on, those that match until so many do not. */
  List<Waiting> takeFirst(int staying, Predicate<Waiting> matches) {
    return take(level -> level.takeFirst(staying, matches));
  }

  /** Takes out all folders that match, in no particular order. */
  List<Waiting> takeIf(Predicate<Waiting> matches) {
    return take(level -> level.takeIf(matches));
  }

  private List<Waiting> take(Function<Level, List<Waiting>> some) {
    List<Waiting> taken = new ArrayList<>();
    levels.values().forEach(level -> taken.addAll(some.apply(level)));
    tidy();
    return taken;
  }
}
