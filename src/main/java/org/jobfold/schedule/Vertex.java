package org.jobfold.schedule;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A vertex of a {@link Dag}.
 *
 * @param id no two vertices of a graph have the same
 * @param data what it stands for
 * @param predecessors the ids of those that must be done before
 * @param <K> the ids
 * @param <V> the data
 */
public record Vertex<K extends Comparable<K>, V>(K id, V data, SortedSet<K> predecessors) {
  /** Copies the set. */
  public Vertex {
    predecessors = Collections.unmodifiableSortedSet(new TreeSet<>(predecessors));
  }

  /** A vertex after these. */
  public static <K extends Comparable<K>, V> Vertex<K, V> of(
      K id, V data, Collection<K> predecessors) {
    return new Vertex<>(id, data, new TreeSet<>(predecessors));
  }

  /** A vertex that can be done at once. */
  public static <K extends Comparable<K>, V> Vertex<K, V> of(K id, V data) {
    return of(id, data, List.of());
  }

  @Override
  public String toString() {
    return id
        + " -> "
        + (predecessors.isEmpty()
            ? "(none)"
            : String.join(", ", predecessors.stream().map(K::toString).toList()));
  }
}
