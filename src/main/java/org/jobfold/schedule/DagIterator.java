package org.jobfold.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToIntFunction;
import org.jobfold.graph.Ready;

/**
 * Walks over the vertices of a {@link Dag} as they become ready. A vertex that was handed out is
 * busy until it is left, and its successors are ready only then. For a walk in which nothing is
 * busy, see {@link Dag#iterator}.
 *
 * <p>It sees the vertices that were there when it was made. It never hands out one twice, and never
 * waits for something that can not happen: a graph with a cycle is refused when it is made.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public final class DagIterator<K extends Comparable<K>, V> {
  private final Snapshot<K> edges;
  private final List<Vertex<K, V>> vertices = new ArrayList<>();
  private final Ready ready;
  private final BitSet busy = new BitSet();
  private int left;

  /**
   * A walk in the order of the ids, where the edges leave a choice.
   *
   * @throws DagException if the graph is not in order
   */
  public DagIterator(Dag<K, V> dag) {
    this(dag, vertex -> 0);
  }

  /**
   * A walk that prefers vertices with a larger priority; among equal ones the smallest id.
   *
   * @throws DagException if the graph is not in order
   */
  public DagIterator(Dag<K, V> dag, ToIntFunction<Vertex<K, V>> priority) {
    edges = dag.checked();
    dag.ids().forEach(id -> vertices.add(dag.vertex(id)));
    ready = new Ready(edges.graph(), index -> priority.applyAsInt(vertices.get(index)));
  }

  /** A vertex that is ready, or why there is none. */
  public Next<K, V> next() {
    if (left == vertices.size()) {
      return new Next.Done<>();
    }
    if (ready.isEmpty()) {
      return new Next.Waiting<>();
    }
    int index = ready.next();
    busy.set(index);
    return new Next.Ready<>(vertices.get(index));
  }

  /**
   * A busy vertex is done.
   *
   * @throws NoSuchElementException if there is no such vertex
   * @throws IllegalStateException if it is not busy
   */
  public void leave(K id) {
    int index = edges.index(id);
    if (index < 0) {
      throw new NoSuchElementException("there is no vertex '" + id + "'");
    }
    if (!busy.get(index)) {
      throw new IllegalStateException("vertex '" + id + "' is not busy: it can not be left");
    }
    busy.clear(index);
    left++;
    ready.leave(index);
  }

  /** How many vertices have been handed out and not been left. */
  public int busy() {
    return busy.cardinality();
  }
}
