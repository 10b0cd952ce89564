package org.jobfold.graph;

import java.util.Arrays;

/**
 * The strongly connected components of a graph: two vertices are in the same one if each can be
 * reached from the other. Found in one pass, after R. Tarjan, "Depth-first search and linear graph
 * algorithms" (1972), with a stack of its own: a chain of a million vertices is no deeper than any.
 */
final class Components {
  private static final int UNSEEN = 0;

  private final Digraph graph;
  private final int[] number;
  private final int[] low;
  private final int[] next;
  private final int[] path;
  private final int[] open;
  private final int[] component;
  private int pathSize;
  private int openSize;
  private int numbers;
  private int count;

  private Components(Digraph graph) {
    int size = graph.size();
    this.graph = graph;
    number = new int[size];
    low = new int[size];
    next = new int[size];
    path = new int[size];
    open = new int[size];
    component = new int[size];
    Arrays.fill(component, -1);
  }

  /** The component of each vertex: a number from 0 on. */
  static int[] of(Digraph graph) {
    Components components = new Components(graph);
    for (int v = 0; v < graph.size(); v++) {
      if (components.number[v] == UNSEEN) {
        components.visit(v);
      }
    }
    return components.component;
  }

  private void visit(int root) {
    enter(root);
    while (pathSize > 0) {
      int vertex = path[pathSize - 1];
      if (next[vertex] < graph.successorCount(vertex)) {
        int successor = graph.successor(vertex, next[vertex]++);
        if (number[successor] == UNSEEN) {
          enter(successor);
        } else if (component[successor] < 0) {
          low[vertex] = Math.min(low[vertex], number[successor]);
        }
      } else {
        leave(vertex);
      }
    }
  }

  private void enter(int vertex) {
    number[vertex] = ++numbers;
    low[vertex] = numbers;
    path[pathSize++] = vertex;
    open[openSize++] = vertex;
  }

  private void leave(int vertex) {
    pathSize--;
    if (pathSize > 0) {
      int parent = path[pathSize - 1];
      low[parent] = Math.min(low[parent], low[vertex]);
    }
    if (low[vertex] == number[vertex]) {
      int member;
      do {
        member = open[--openSize];
        component[member] = count;
      } while (member != vertex);
      count++;
    }
  }
}
