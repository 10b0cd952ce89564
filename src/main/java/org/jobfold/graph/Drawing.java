package org.jobfold.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jobfold.folder.After;

/**
 * A graph as text: for Graphviz, and as a tree for people. Hands out line after line, and keeps
 * none.
 *
 * @param graph what is drawn
 * @param name of each vertex; no two have the same
 * @param note what is said of each vertex beside its name; may be empty
 */
public record Drawing(Digraph graph, IntFunction<String> name, IntFunction<String> note) {
  /** Deeper branches are drawn on their own, or the lines of a long chain would grow for ever. */
  private static final int DEEPEST = 60;

  /**
   * As a graph in the DOT language. Edges lead from predecessors to successors; those that do not
   * ask for success are dashed.
   */
  public void dot(Consumer<String> lines) {
    dot(vertex -> "", lines);
  }

  /**
   * The same in colours.
   *
   * @param fill the colour of each vertex, as Graphviz names it; may be empty
   */
  public void dot(IntFunction<String> fill, Consumer<String> lines) {
    lines.accept("digraph {");
    lines.accept("  rankdir=LR;");
    lines.accept("  node [shape=box];");
    for (int v = 0; v < graph.size(); v++) {
      String said = note.apply(v);
      String colour = fill.apply(v);
      List<String> attributes = new ArrayList<>(2);
      if (!said.isEmpty()) {
        attributes.add("label=" + quoted(name.apply(v) + "\n" + said));
      }
      if (!colour.isEmpty()) {
        attributes.add("style=filled, fillcolor=" + quoted(colour));
      }
      String all = attributes.isEmpty() ? "" : " [" + String.join(", ", attributes) + "]";
      lines.accept("  " + quoted(name.apply(v)) + all + ";");
    }
    for (int v = 0; v < graph.size(); v++) {
      for (int i = 0; i < graph.successorCount(v); i++) {
        String style = graph.afterOfSuccessor(v, i) == After.ANY ? " [style=dashed]" : "";
        String successor = quoted(name.apply(graph.successor(v, i)));
        lines.accept("  " + quoted(name.apply(v)) + " -> " + successor + style + ";");
      }
    }
    lines.accept("}");
  }

  /** A text as an identifier of DOT, which is its own label too. */
  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\r\n", "\\n")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + '"';
  }

  /**
   * As a tree from each vertex without predecessors. What several vertices lead to is drawn below
   * the first of them, and only named below the others.
   *
   * <p>A graph with cycles is drawn without them, and without what comes after them.
   */
  public void tree(Consumer<String> lines) {
    new Tree(lines).draw();
  }

  /** A vertex on its turn. */
  private record Branch(int vertex, String before, String below, int depth) {}

  /** One drawing of a tree. */
  private final class Tree {
    private final Consumer<String> lines;
    private final BitSet drawn = new BitSet();
    private final Deque<Branch> stack = new ArrayDeque<>();
    private final Deque<Integer> later = new ArrayDeque<>();

    Tree(Consumer<String> lines) {
      this.lines = lines;
    }

    void draw() {
      for (int v = 0; v < graph.size(); v++) {
        if (graph.predecessorCount(v) == 0) {
          drawFrom(v, "");
          while (!later.isEmpty()) {
            int vertex = later.remove();
            if (!drawn.get(vertex)) {
              drawFrom(vertex, "... ");
            }
          }
        }
      }
    }

    private void drawFrom(int root, String before) {
      stack.push(new Branch(root, before, "", 0));
      while (!stack.isEmpty()) {
        draw(stack.pop());
      }
    }

    private void draw(Branch branch) {
      int vertex = branch.vertex;
      String said = note.apply(vertex);
      String text = branch.before + name.apply(vertex) + (said.isEmpty() ? "" : "  " + said);
      if (drawn.get(vertex)) {
        lines.accept(text + (graph.successorCount(vertex) > 0 ? "  (see above)" : ""));
      } else if (branch.depth == DEEPEST && graph.successorCount(vertex) > 0) {
        later.add(vertex);
        lines.accept(text + "  (see below)");
      } else {
        drawn.set(vertex);
        lines.accept(text);
        below(branch).forEach(stack::push);
      }
    }

    /** The successors, the last first. */
    private List<Branch> below(Branch branch) {
      List<Branch> all = new ArrayList<>();
      int count = graph.successorCount(branch.vertex);
      for (int i = count - 1; i >= 0; i--) {
        boolean last = i == count - 1;
        all.add(
            new Branch(
                graph.successor(branch.vertex, i),
                branch.below + (last ? "└── " : "├── "),
                branch.below + (last ? "    " : "│   "),
                branch.depth + 1));
      }
      return all;
    }
  }
}
