package org.jobfold.graph;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jobfold.folder.After;

/**
 * A directed graph of the vertices 0 to {@code size() - 1}. Immutable, and kept in four arrays: a
 * million vertices with three million edges are 32 MB.
 *
 * <p>It never has an edge twice. It may have cycles: {@link Cycles} finds them.
 */
public final class Digraph {
  private final int[] predecessorEnds;
  private final int[] predecessors;
  private final int[] successorEnds;
  private final int[] successors;

  private Digraph(int[] predecessorEnds, int[] predecessors) {
    this.predecessorEnds = predecessorEnds;
    this.predecessors = predecessors;
    successorEnds = new int[predecessorEnds.length];
    successors = new int[predecessors.length];
    turn();
  }

  /** Lists each edge with its predecessor. */
  private void turn() {
    int[] next = successorEnds;
    for (int edge : predecessors) {
      next[edge >> 1]++;
    }
    int sum = 0;
    for (int v = 0; v < next.length; v++) {
      int count = next[v];
      next[v] = sum;
      sum += count;
    }
    // Each entry moves from the beginning of its vertex to its end.
    for (int v = 0; v < predecessorEnds.length; v++) {
      for (int e = start(predecessorEnds, v); e < predecessorEnds[v]; e++) {
        int edge = predecessors[e];
        successors[next[edge >> 1]++] = (v << 1) | (edge & 1);
      }
    }
  }

  private static int start(int[] ends, int vertex) {
    return vertex == 0 ? 0 : ends[vertex - 1];
  }

  /** How many vertices there are. */
  public int size() {
    return predecessorEnds.length;
  }

  /** How many edges there are. */
  public int edges() {
    return predecessors.length;
  }

  /** How many predecessors a vertex has. */
  public int predecessorCount(int vertex) {
    return predecessorEnds[vertex] - start(predecessorEnds, vertex);
  }

  /** A predecessor of a vertex; they are in order, from 0 on. */
  public int predecessor(int vertex, int which) {
    return predecessors[start(predecessorEnds, vertex) + which] >> 1;
  }

  /** How that predecessor must have ended. */
  public After afterPredecessor(int vertex, int which) {
    return after(predecessors[start(predecessorEnds, vertex) + which]);
  }

  /** How many successors a vertex has. */
  public int successorCount(int vertex) {
    return successorEnds[vertex] - start(successorEnds, vertex);
  }

  /** A successor of a vertex; they are in order, from 0 on. */
  public int successor(int vertex, int which) {
    return successors[start(successorEnds, vertex) + which] >> 1;
  }

  /** How the vertex must have ended for that successor of it. */
  public After afterOfSuccessor(int vertex, int which) {
    return after(successors[start(successorEnds, vertex) + which]);
  }

  /** How many predecessors each vertex has, to be counted down. */
  public int[] predecessorCounts() {
    int[] counts = new int[size()];
    Arrays.setAll(counts, this::predecessorCount);
    return counts;
  }

  private static After after(int edge) {
    return (edge & 1) == 0 ? After.SUCCESS : After.ANY;
  }

  /** Makes a graph of many edges at once, one vertex after another. Checks nothing. */
  public static final class Builder {
    private final int[] ends;
    private int[] edges = new int[16];
    private int count;
    private int vertex;

    /** A graph of so many vertices, which have no edges yet. */
    public Builder(int size) {
      ends = new int[size];
    }

    /** How many edges there are by now, those that are there twice among them. */
    public int edges() {
      return count;
    }

    /** The predecessors that were given since there were so many edges. */
    public Set<Integer> since(int before) {
      return Arrays.stream(edges, before, count)
          .mapToObj(edge -> edge >> 1)
          .collect(Collectors.toSet());
    }

    /** Gives the vertex whose turn it is a predecessor. */
    public void predecessor(int predecessor, After after) {
      if (count == edges.length) {
        edges = Arrays.copyOf(edges, count + (count >> 1));
      }
      edges[count++] = (predecessor << 1) | (after == After.SUCCESS ? 0 : 1);
    }

    /** The vertex has all its predecessors; it is the turn of the next. */
    public void next() {
      int start = start(ends, vertex);
      Arrays.sort(edges, start, count);
      int kept = start;
      for (int e = start; e < count; e++) {
        if (kept == start || edges[e] >> 1 != edges[kept - 1] >> 1) {
          edges[kept++] = edges[e];
        }
      }
      count = kept;
      ends[vertex++] = count;
    }

    /**
     * The graph. Of an edge that was added twice the one that needs success is kept.
     *
     * @throws IllegalStateException if not all vertices had their turn
     */
    public Digraph build() {
      if (vertex != ends.length) {
        throw new IllegalStateException(
            "vertex " + vertex + " of " + ends.length + " has not had its turn");
      }
      return new Digraph(ends, Arrays.copyOf(edges, count));
    }
  }
}
