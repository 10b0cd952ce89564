package org.jobfold.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Searches in breadth, again and again in one graph. What a search costs is what it looks at: the
 * memory of the last one is not cleared.
 */
public final class Search {
  private final Digraph graph;
  private final int[] from;
  private final int[] queue;
  private final int[] seenBy;
  private int search;
  private long looks;

  /** Searches in this graph. */
  public Search(Digraph graph) {
    this.graph = graph;
    from = new int[graph.size()];
    queue = new int[graph.size()];
    seenBy = new int[graph.size()];
  }

  /** How many edges were looked at in all. */
  long looks() {
    return looks;
  }

  /**
   * The shortest path along the edges. From a vertex to itself it is the shortest cycle through it,
   * with the vertex at both ends.
   *
   * @return the vertices on it, the first and the last among them; of equally short paths the one
   *     that is found first, always the same; none if there is no path
   */
  public List<Integer> shortest(int source, int target) {
    return shortest(source, target, vertex -> true);
  }

  /** The same over some vertices alone. */
  List<Integer> shortest(int source, int target, IntPredicate over) {
    search++;
    int last = 0;
    queue[last++] = source;
    for (int first = 0; first < last; first++) {
      int vertex = queue[first];
      for (int i = 0; i < graph.successorCount(vertex); i++) {
        int next = graph.successor(vertex, i);
        looks++;
        if (next == target) {
          return path(source, vertex, target);
        }
        if (seenBy[next] != search && over.test(next)) {
          seenBy[next] = search;
          from[next] = vertex;
          queue[last++] = next;
        }
      }
    }
    return List.of();
  }

  private List<Integer> path(int source, int last, int target) {
    List<Integer> path = new ArrayList<>(List.of(target));
    for (int at = last; at != source; at = from[at]) {
      path.add(at);
    }
    path.add(source);
    Collections.reverse(path);
    return path;
  }

  /** All that must end before a vertex; the vertex itself only if it is on a cycle. */
  public static BitSet before(Digraph graph, int vertex) {
    BitSet found = new BitSet(graph.size());
    ArrayDeque<Integer> left = new ArrayDeque<>(List.of(vertex));
    while (!left.isEmpty()) {
      int at = left.remove();
      for (int i = 0; i < graph.predecessorCount(at); i++) {
        int predecessor = graph.predecessor(at, i);
        if (!found.get(predecessor)) {
          found.set(predecessor);
          left.add(predecessor);
        }
      }
    }
    return found;
  }
}
