package org.jobfold.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/**
 * Which folders of a tree wait for which: their {@code depends}, resolved. A folder is a number
 * from 0 on, in the order of the names. Immutable, and without cycles.
 *
 * <p>It keeps tagged folders, and the edges to them: what a predecessor that does not run means is
 * for the walk to say. It never joins a folder of the last phase to others by itself: that all
 * others come before it is in its phase.
 */
public final class FolderGraph {
  private static final int SHOWN_OF_A_CYCLE = 12;

  private final List<JobFolder> folders;
  private final Names names;
  private final Digraph edges;

  private FolderGraph(JobTree tree, Names names, Digraph edges) {
    folders = tree.folders();
    this.names = names;
    this.edges = edges;
  }

  /**
   * The graph of a tree.
   *
   * @throws RefusedException with all that is wrong: names and globs that mean no executable
   *     folder, folders that wait for themselves or one another, or for the last phase before it
   */
  public static FolderGraph of(JobTree tree) {
    return new Check(tree, Beside.NOTHING).orRefuse();
  }

  /**
   * All that is wrong with what the folders of a tree depend on.
   *
   * @param beside what is known of folders that are not in the tree
   */
  public static List<Problem> problems(JobTree tree, Beside beside) {
    return new Check(tree, beside).problems.stream().sorted().toList();
  }

  /** How many folders there are. */
  public int size() {
    return folders.size();
  }

  /** The folder of this number. */
  public JobFolder folder(int index) {
    return folders.get(index);
  }

  /** The number of a folder, if the tree has it. */
  public OptionalInt index(FolderName name) {
    return names.index(name);
  }

  /** How many folders this one waits for. */
  public int predecessorCount(int index) {
    return edges.predecessorCount(index);
  }

  /** One of the folders that this one waits for; they are in order, {@code which} is from 0 on. */
  public int predecessor(int index, int which) {
    return edges.predecessor(index, which);
  }

  /** How that one must have ended. */
  public After afterPredecessor(int index, int which) {
    return edges.afterPredecessor(index, which);
  }

  /** How many folders wait for this one. */
  public int successorCount(int index) {
    return edges.successorCount(index);
  }

  /** One of the folders that wait for this one; they are in order, {@code which} is from 0 on. */
  public int successor(int index, int which) {
    return edges.successor(index, which);
  }

  /** How this one must have ended for that one. */
  public After afterOfSuccessor(int index, int which) {
    return edges.afterOfSuccessor(index, which);
  }

  /** How many folders each folder waits for: a new array, to be counted down. */
  public int[] predecessorCounts() {
    return edges.predecessorCounts();
  }

  /** How many dependencies there are between folders. */
  public int edges() {
    return edges.edges();
  }

  /** All folders, each after those that it waits for; of several, the first by name comes first. */
  public int[] topologicalOrder() {
    return Ready.inOrder(edges);
  }

  /**
   * The graph in the DOT language, line after line. Edges lead from predecessors to successors.
   *
   * @param note what is said of each folder beside its name, such as its state; may be empty
   * @param fill the colour of each folder, as Graphviz names it; may be empty
   */
  public void dot(IntFunction<String> note, IntFunction<String> fill, Consumer<String> lines) {
    drawing(note).dot(fill, lines);
  }

  /**
   * The graph as a tree, line after line: below each folder those that wait for it.
   *
   * @param note what is said of each folder beside its name, such as its state; may be empty
   */
  public void tree(IntFunction<String> note, Consumer<String> lines) {
    drawing(note).tree(lines);
  }

  private Drawing drawing(IntFunction<String> note) {
    return new Drawing(edges, index -> names.name(index).path(), note);
  }

  /** One look at all dependencies of a tree. */
  private static final class Check {
    private final JobTree tree;
    private final Names names;
    private final Digraph edges;
    private final List<Problem> problems;

    Check(JobTree tree, Beside beside) {
      this.tree = tree;
      names = new Names(tree);
      Resolution resolution = new Resolution(tree, names, beside);
      edges = resolution.resolve();
      problems = new ArrayList<>(resolution.problems());
      Cycles cycles = Cycles.in(edges);
      cycles.shortest().forEach(cycle -> problems.add(problem(cycle)));
      if (cycles.more() > 0 || cycles.search() == Cycles.Extent.PART) {
        JobFolder first = folder(cycles.shortest().get(0).get(0));
        String more = cycles.search() == Cycles.Extent.PART ? "at least " : "";
        problems.add(
            origin(first)
                .origin()
                .problem(
                    first.name().path(),
                    more
                        + cycles.more()
                        + " more circles of folders that wait for one another were found: these"
                        + " are the shortest"));
      }
    }

    FolderGraph orRefuse() {
      if (!problems.isEmpty()) {
        throw new RefusedException(problems);
      }
      return new FolderGraph(tree, names, edges);
    }

    private Problem problem(List<Integer> cycle) {
      // From a folder to what it waits for: against the edges.
      List<Integer> waiting = new ArrayList<>(cycle);
      Collections.reverse(waiting);
      Collections.rotate(waiting, 1);
      waiting.add(waiting.get(0));
      JobFolder first = folder(waiting.get(0));
      return origin(first)
          .origin()
          .problem(
              first.name().path(),
              "folders wait for one another: "
                  + text(waiting)
                  + ": take one of these out of 'depends'");
    }

    private String text(List<Integer> waiting) {
      if (waiting.size() <= SHOWN_OF_A_CYCLE) {
        return joined(waiting);
      }
      int half = SHOWN_OF_A_CYCLE / 2;
      int left = waiting.size() - 2 * half;
      return joined(waiting.subList(0, half))
          + ", which waits for "
          + left
          + " more in turn, then "
          + joined(waiting.subList(waiting.size() - half, waiting.size()));
    }

    private String joined(List<Integer> waiting) {
      return waiting.stream()
          .map(index -> "'" + names.name(index) + "'")
          .collect(Collectors.joining(" waits for "));
    }

    private JobFolder folder(int index) {
      return tree.folders().get(index);
    }

    /** The first thing that a folder depends on. */
    private static Dependency origin(JobFolder folder) {
      return folder.depends().get(0);
    }
  }
}
