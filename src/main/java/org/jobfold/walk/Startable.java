package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders that may start, grouped by the ranks they get, each group in the order of names.
 * Knows nothing of what runs.
 */
final class Startable {
  private static final int ANY = 1;

  private final Sharing sharing;
  private final TreeMap<Integer, PriorityQueue<Waiting>> groups = new TreeMap<>();
  private int count;

  Startable(Sharing sharing) {
    this.sharing = sharing;
  }

  void add(Waiting waiting) {
    groups.computeIfAbsent(ranks(waiting), r -> new PriorityQueue<>()).add(waiting);
    count++;
  }

  int size() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The ranks that a folder gets; the same for all where they get equal shares. */
  int ranks(Waiting waiting) {
    return sharing instanceof Sharing.PerFolder each
        ? each.ranks().applyAsInt(waiting.changed())
        : ANY;
  }

  /** The folders, in no particular order. */
  Stream<Waiting> stream() {
    return groups.values().stream().flatMap(PriorityQueue::stream);
  }

  /** The first folder by name. */
  Optional<Waiting> head() {
    return groups.values().stream().map(PriorityQueue::element).min(Comparator.naturalOrder());
  }

  /** For each number of ranks how many folders ask for it, in the order of the first names. */
  List<Packing.Size> sizes() {
    return groups.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.comparing(PriorityQueue::element)))
        .map(e -> new Packing.Size(e.getKey(), e.getValue().size()))
        .toList();
  }

  /** Takes out the first folder by name among those that get this many ranks. */
  Waiting take(int ranks) {
    PriorityQueue<Waiting> group = groups.get(ranks);
    if (group == null) {
      throw new IllegalStateException("no folder waits for " + ranks + " ranks");
    }
    Waiting first = group.remove();
    count--;
    if (group.isEmpty()) {
      groups.remove(ranks);
    }
    return first;
  }

  /** Takes out the first folder by name among those that get equal shares. */
  Waiting take() {
    return take(ANY);
  }

  /** Takes out of each group, from its first folder on, those that match until so many do not. */
  List<Waiting> takeFirst(int staying, Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>();
    for (PriorityQueue<Waiting> group : groups.values()) {
      List<Waiting> stay = new ArrayList<>();
      while (stay.size() < staying && !group.isEmpty()) {
        Waiting first = group.remove();
        (matches.test(first) ? taken : stay).add(first);
      }
      group.addAll(stay);
    }
    forget(taken);
    return taken;
  }

  /** Takes out all folders that match, in no particular order. */
  List<Waiting> takeIf(Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>();
    for (PriorityQueue<Waiting> group : groups.values()) {
      group.removeIf(w -> matches.test(w) && taken.add(w));
    }
    forget(taken);
    return taken;
  }

  private void forget(List<Waiting> taken) {
    groups.values().removeIf(PriorityQueue::isEmpty);
    count -= taken.size();
  }
}
