package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Folders of one priority that may start, in lines of equal needs, each in its order. Knows nothing
 * of what runs.
 */
final class Level {
  private final Map<Need, Line> lines = new HashMap<>();
  private int count;

  void add(Need need, Waiting waiting) {
    lines.computeIfAbsent(need, any -> new Line()).add(waiting);
    count++;
  }

  int size() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean usesTokens() {
    for (Need need : lines.keySet()) {
      if (!need.tokens().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether any ranks will do for all. */
  boolean isPlain() {
    for (Need need : lines.keySet()) {
      if (!need.claim().isPlain()) {
        return false;
      }
    }
    return true;
  }

  Stream<Waiting> stream() {
    return lines.values().stream().flatMap(Line::stream);
  }

  /** The need of the folder that is first of all whose needs are not among these. */
  Optional<Need> firstExcept(Set<Need> left) {
    if (lines.size() == 1 && left.isEmpty()) {
      return Optional.of(lines.keySet().iterator().next());
    }
    return lines.entrySet().stream()
        .filter(line -> !left.contains(line.getKey()))
        .min(Map.Entry.comparingByValue(Comparator.comparing(Line::first)))
        .map(Map.Entry::getKey);
  }

  /** The first folder of a line. */
  Waiting first(Need need) {
    return line(need).first();
  }

  /** Takes out the first folder of a line. */
  Waiting take(Need need) {
    Line line = line(need);
    Waiting first = line.remove();
    count--;
    if (line.isEmpty()) {
      lines.remove(need);
    }
    return first;
  }

  /** For each number of ranks how many folders ask for it, in the order of the first ones. */
  List<Packing.Size> sizes() {
    if (lines.size() == 1) {
      Map.Entry<Need, Line> only = lines.entrySet().iterator().next();
      return List.of(new Packing.Size(only.getKey().ranks(), only.getValue().size()));
    }
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    lines.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparing(Line::first)))
        .forEach(e -> counts.merge(e.getKey().ranks(), e.getValue().size(), Integer::sum));
    return counts.entrySet().stream().map(e -> new Packing.Size(e.getKey(), e.getValue())).toList();
  }

  /** Of the needs that match, the one of most ranks; of several, the one whose folder is first. */
  Optional<Need> widest(Predicate<Need> matches) {
    if (lines.size() == 1) {
      Need only = lines.keySet().iterator().next();
      return matches.test(only) ? Optional.of(only) : Optional.empty();
    }
    return lines.entrySet().stream()
        .filter(line -> matches.test(line.getKey()))
        .min(
            Comparator.comparingInt((Map.Entry<Need, Line> line) -> -line.getKey().ranks())
                .thenComparing(line -> line.getValue().first()))
        .map(Map.Entry::getKey);
  }

  /** Takes out of each line, from its first folder on, those that match until so many do not. */
  List<Waiting> takeFirst(int staying, Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>();
    for (Line line : lines.values()) {
      List<Waiting> stay = new ArrayList<>();
      while (stay.size() < staying && !line.isEmpty()) {
        Waiting first = line.remove();
        (matches.test(first) ? taken : stay).add(first);
      }
      line.addAll(stay);
    }
    forget(taken);
    return taken;
  }

  /** Takes out all folders that match, in no particular order. */
  List<Waiting> takeIf(Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>();
    for (Line line : lines.values()) {
      line.removeIf(w -> matches.test(w) && taken.add(w));
    }
    forget(taken);
    return taken;
  }

  private void forget(List<Waiting> taken) {
    lines.values().removeIf(Line::isEmpty);
    count -= taken.size();
  }

  private Line line(Need need) {
    Line line = lines.get(need);
    if (line == null) {
      throw new IllegalStateException("no folder waits for " + need);
    }
    return line;
  }
}
