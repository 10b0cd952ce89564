package org.jobfold.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jobfold.folder.After;
import org.jobfold.graph.Cycles;
import org.jobfold.graph.Digraph;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a {@link Dag} at one time: its vertices as numbers in the order of their ids. So the
 * order in which they were added has no part in anything.
 */
final class Snapshot<K extends Comparable<K>> {
  private static final int SHOWN = 20;

  private final List<K> ids;
  private final Digraph graph;
  private @Nullable Cycles cycles;

  /**
   * The edges of these vertices.
   *
   * @throws DagException if there are predecessors that are not there
   */
  <V> Snapshot(Map<K, Vertex<K, V>> vertices) {
    ids = List.copyOf(vertices.keySet());
    List<String> missing = new ArrayList<>();
    Digraph.Builder edges = new Digraph.Builder(ids.size());
    for (Vertex<K, V> vertex : vertices.values()) {
      for (K predecessor : vertex.predecessors()) {
        int index = index(predecessor);
        if (index < 0) {
          missing.add(unknown(vertex.id(), predecessor));
        } else {
          edges.predecessor(index, After.SUCCESS);
        }
      }
      edges.next();
    }
    if (!missing.isEmpty()) {
      throw new DagException(joined(missing));
    }
    graph = edges.build();
  }

  static <K> String unknown(K id, K predecessor) {
    return "vertex '" + id + "' has the predecessor '" + predecessor + "', which is not there";
  }

  static <K> String cycle(Collection<K> path) {
    return "vertices are on a cycle: "
        + path.stream().map(String::valueOf).collect(Collectors.joining(" -> "));
  }

  private static String joined(List<String> problems) {
    int more = problems.size() - SHOWN;
    String all = problems.stream().limit(SHOWN).collect(Collectors.joining("\n"));
    return more > 0 ? all + "\nand " + more + " more" : all;
  }

  Digraph graph() {
    return graph;
  }

  K id(int index) {
    return ids.get(index);
  }

  /** The number of a vertex; negative if it is not there. */
  int index(K id) {
    return Collections.binarySearch(ids, id);
  }

  List<K> ids(Collection<Integer> indices) {
    return indices.stream().map(ids::get).toList();
  }

  /**
   * Looks for cycles, once.
   *
   * @throws DagException each time, with the same message, if there are some
   */
  void check() {
    if (cycles == null) {
      cycles = Cycles.in(graph);
    }
    if (!cycles.isEmpty()) {
      List<String> said = new ArrayList<>();
      for (List<Integer> cycle : cycles.shortest()) {
        List<K> path = new ArrayList<>(ids(cycle));
        path.add(path.get(0));
        said.add(cycle(path));
      }
      if (cycles.more() > 0 || cycles.search() == Cycles.Extent.PART) {
        String least = cycles.search() == Cycles.Extent.PART ? "at least " : "";
        said.add("and " + least + cycles.more() + " more cycles");
      }
      throw new DagException(String.join("\n", said));
    }
  }
}
