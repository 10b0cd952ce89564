package org.jobfold.graph;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The vertices of a graph in an order in which each comes after all its predecessors. Hands out
 * those that are ready one by one: the one with the largest priority first, of equal ones the one
 * with the smallest number. All together takes time in proportion to the edges, and to the vertices
 * times the logarithm of how many are ready at a time.
 *
 * <p>It never hands out a vertex before {@link #leave} was called for all its predecessors: a
 * vertex on a cycle, or after one, is never handed out.
 */
public final class Ready {
  private final Digraph graph;
  private final IntUnaryOperator priority;
  private final int[] waitsFor;
  private long[] heap = new long[16];
  private int size;

  /** The vertices of a graph, all equal. */
  public Ready(Digraph graph) {
    this(graph, vertex -> 0);
  }

  /** The vertices of a graph with their priorities. */
  public Ready(Digraph graph, IntUnaryOperator priority) {
    this.graph = graph;
    this.priority = priority;
    waitsFor = graph.predecessorCounts();
    for (int v = 0; v < waitsFor.length; v++) {
      if (waitsFor[v] == 0) {
        push(v);
      }
    }
  }

  /** All vertices in order; those on cycles, and after them, are left out. */
  public static int[] inOrder(Digraph graph) {
    Ready ready = new Ready(graph);
    int[] order = new int[graph.size()];
    int count = 0;
    while (!ready.isEmpty()) {
      int vertex = ready.next();
      order[count++] = vertex;
      ready.leave(vertex);
    }
    return count == order.length ? order : Arrays.copyOf(order, count);
  }

  /** Whether there is none to hand out now. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * The next vertex that is ready.
   *
   * @throws IllegalStateException if there is none now
   */
  public int next() {
    if (size == 0) {
      throw new IllegalStateException("no vertex is ready");
    }
    int vertex = (int) heap[0];
    long last = heap[--size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return vertex;
  }

  /** A vertex that was handed out is done: its successors wait for one less. */
  public void leave(int vertex) {
    for (int i = 0; i < graph.successorCount(vertex); i++) {
      int successor = graph.successor(vertex, i);
      if (--waitsFor[successor] == 0) {
        push(successor);
      }
    }
  }

  private void push(int vertex) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    // The largest priority is the smallest number, and of those the smallest vertex.
    long key = (~(long) priority.applyAsInt(vertex) << 32) | vertex;
    int at = size++;
    for (int parent = (at - 1) / 2; at > 0 && heap[parent] > key; parent = (at - 1) / 2) {
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = key;
  }
}
