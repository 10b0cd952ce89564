package org.jobfold.graph;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.schedule.Dag;
import org.jobfold.schedule.Vertex;

/**
 * What the graph of many folders costs, each of which waits for three others: processor time in
 * seconds, and what is kept in MB. The sizes are its arguments.
 */
final class GraphBench {
  private GraphBench() {}

  /** Measures trees of these sizes. */
  public static void main(String[] sizes) {
    for (String size : sizes) {
      open(Integer.parseInt(size));
      circle(Integer.parseInt(size));
      dag(Integer.parseInt(size));
    }
  }

  private static void open(int size) {
    long before = heap();
    JobTree tree = JobTree.of(folders(size, Shape.OPEN));
    long treeHeap = heap() - before;
    long start = cpu();
    FolderGraph graph = FolderGraph.of(tree);
    double build = seconds(start);
    long graphHeap = heap() - before - treeHeap;
    start = cpu();
    if (graph.topologicalOrder().length != tree.size()) {
      throw new IllegalStateException("there is a cycle");
    }
    System.out.printf(
        "%,d folders: tree %,d MB; graph %.2f s, %,d MB more; in order %.2f s%n",
        size, treeHeap >> 20, build, graphHeap >> 20, seconds(start));
  }

  private static void circle(int size) {
    JobTree tree = JobTree.of(folders(size, Shape.CIRCLE));
    long start = cpu();
    if (FolderGraph.problems(tree, Beside.NOTHING).isEmpty()) {
      throw new IllegalStateException("there is no cycle");
    }
    System.out.printf("%,d folders on cycles: refused after %.2f s%n", size, seconds(start));
  }

  private static void dag(int size) {
    List<Vertex<Integer, Integer>> vertices = vertices(size);
    long before = heap();
    long start = cpu();
    Dag<Integer, Integer> dag = new Dag<>();
    dag.addAll(vertices);
    System.out.printf(
        "%,d vertices of a Dag: %.2f s, %,d MB%n",
        dag.size(), seconds(start), (heap() - before) >> 20);
  }

  private enum Shape {
    OPEN,
    CIRCLE
  }

  /**
   * Folders that wait for three earlier ones, in groups of a hundred; or in one large circle too.
   */
  private static List<JobFolder> folders(int size, Shape shape) {
    Random random = new Random(1);
    List<JobFolder> folders = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      JobFolder folder = JobFolder.shell(name(i), "true");
      if (i > 0) {
        folder =
            folder.dependingOn(
                Dependency.on(i % 100 == 0 ? name(i - 1) : "../" + name(i - 1).substring(10)),
                Dependency.on(name(random.nextInt(i))),
                Dependency.on(name(random.nextInt(i))));
      } else if (shape == Shape.CIRCLE) {
        folder = folder.dependingOn(Dependency.on(name(size - 1)));
      }
      folders.add(folder);
    }
    Collections.shuffle(folders, random);
    return folders;
  }

  private static String name(int i) {
    return String.format("/g%07d/f%02d", i / 100, i % 100);
  }

  private static List<Vertex<Integer, Integer>> vertices(int size) {
    Random random = new Random(1);
    List<Vertex<Integer, Integer>> vertices = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      vertices.add(
          Vertex.of(
              i, i, i == 0 ? List.of() : List.of(i - 1, random.nextInt(i), random.nextInt(i))));
    }
    return vertices;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double seconds(long start) {
    return (cpu() - start) / 1e9;
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
