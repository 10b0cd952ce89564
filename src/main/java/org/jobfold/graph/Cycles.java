package org.jobfold.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cycles of a graph in their shortest form: for each vertex that is on a cycle, one that is as
 * short as any through it. A cycle that is found from several of its vertices is listed once.
 *
 * <p>A graph can have more cycles than anybody could list, and it never looks for all of them: but
 * each vertex of each strongly connected component is on one of those that it counts, as long as
 * the search is not broken off because it would take too long. Each component has at least one.
 *
 * @param shortest in the direction of the edges, each from its smallest vertex on; the shortest
 *     first, and at most {@value #LISTED}
 * @param more how many were found beside these
 * @param search whether it was taken to its end
 */
public record Cycles(List<List<Integer>> shortest, int more, Extent search) {
  /** How many cycles are listed. */
  public static final int LISTED = 20;

  /** After so many looks at edges no further cycle is looked for. */
  private static final long LOOKS = 10_000_000;

  private static final Comparator<List<Integer>> ORDER =
      Comparator.<List<Integer>>comparingInt(List::size).thenComparing(Cycles::compare);

  /** How far a search was taken. */
  public enum Extent {
    /** To its end. */
    WHOLE,
    /** It was broken off: there may be more cycles. */
    PART
  }

  /** Copies the lists. */
  public Cycles {
    shortest = shortest.stream().map(List::copyOf).toList();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return shortest.isEmpty();
  }

  /** The cycles of a graph. */
  public static Cycles in(Digraph graph) {
    if (Ready.inOrder(graph).length == graph.size()) {
      return new Cycles(List.of(), 0, Extent.WHOLE);
    }
    return new Finder(graph).find();
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = Integer.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** One search for cycles. */
  private static final class Finder {
    private final Digraph graph;
    private final int[] component;
    private final Search search;
    private final TreeSet<List<Integer>> shortest = new TreeSet<>(ORDER);
    private final Set<Long> known = new HashSet<>();

    Finder(Digraph graph) {
      this.graph = graph;
      component = Components.of(graph);
      search = new Search(graph);
    }

    Cycles find() {
      int[] vertices = new int[graph.size()];
      int[] edges = new int[graph.size()];
      for (int v = 0; v < graph.size(); v++) {
        vertices[component[v]]++;
        for (int i = 0; i < graph.successorCount(v); i++) {
          edges[component[v]] += component[graph.successor(v, i)] == component[v] ? 1 : 0;
        }
      }
      List<Integer> others = new ArrayList<>();
      boolean[] begun = new boolean[graph.size()];
      for (int v = 0; v < graph.size(); v++) {
        int mine = component[v];
        if (edges[mine] > 0 && !begun[mine]) {
          begun[mine] = true;
          take(v);
        } else if (edges[mine] > vertices[mine]) {
          // With as many edges as vertices, the component is a ring: all are on the one cycle.
          others.add(v);
        }
      }
      Extent extent = Extent.WHOLE;
      for (int v : others) {
        if (search.looks() > LOOKS) {
          extent = Extent.PART;
          break;
        }
        take(v);
      }
      return new Cycles(List.copyOf(shortest), known.size() - shortest.size(), extent);
    }

    private void take(int vertex) {
      List<Integer> path =
          search.shortest(vertex, vertex, other -> component[other] == component[vertex]);
      List<Integer> cycle = new ArrayList<>(path.subList(1, path.size()));
      Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
      if (known.add(hash(cycle))) {
        shortest.add(cycle);
        if (shortest.size() > LISTED) {
          shortest.pollLast();
        }
      }
    }

    /** Tells cycles apart; keeping them all could take more memory than the graph. */
    private static long hash(List<Integer> cycle) {
      long hash = cycle.size();
      for (int vertex : cycle) {
        hash = (hash + vertex + 1) * 0x9e3779b97f4a7c15L;
        hash = (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
        hash ^= hash >>> 32;
      }
      return hash;
    }
  }
}
