package org.jobfold.schedule;

/**
 * What a {@link DagIterator} has to say when it is asked for the next vertex.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public sealed interface Next<K extends Comparable<K>, V> {
  /**
   * A vertex whose predecessors have all been left.
   *
   * @param vertex is busy from now on
   * @param <K> the ids
   * @param <V> the data
   */
  record Ready<K extends Comparable<K>, V>(Vertex<K, V> vertex) implements Next<K, V> {}

  /**
   * No vertex is ready now: another one must be left first.
   *
   * @param <K> the ids
   * @param <V> the data
   */
  record Waiting<K extends Comparable<K>, V>() implements Next<K, V> {}

  /**
   * All vertices have been left.
   *
   * @param <K> the ids
   * @param <V> the data
   */
  record Done<K extends Comparable<K>, V>() implements Next<K, V> {}
}
