package org.jobfold.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.After;
import org.jobfold.folder.Command;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Origin;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;
import org.jobfold.graph.Digraph;

/**
 * The vertices of a graph as the job folders that the engine walks over. The names of the folders
 * sort as the ids do.
 */
final class Roster<K extends Comparable<K>, V> {
  private static final int LONGEST = 40;

  /** Stands for what runs inside this process. */
  private static final Functional IN_PROCESS =
      new Functional.Program(new Command.Exec(List.of("(inside this process)")));

  private final List<Entry<K, V>> entries = new ArrayList<>();
  private final Snapshot<K> edges;
  private final int digits;

  /**
   * The vertices of a graph.
   *
   * @param after how those before a vertex must have ended
   * @throws DagException if the graph is not in order
   */
  Roster(Dag<K, V> dag, After after) {
    edges = dag.checked();
    digits = Integer.toString(Math.max(0, dag.size() - 1)).length();
    List<FolderName> names = new ArrayList<>(dag.size());
    for (K id : dag.ids()) {
      names.add(name(names.size(), id));
    }
    for (K id : dag.ids()) {
      int index = entries.size();
      entries.add(
          new Entry<>(
              index,
              dag.vertex(id),
              new JobFolder(
                  names.get(index),
                  IN_PROCESS,
                  Settings.DEFAULT,
                  false,
                  depends(index, names, after),
                  Phase.MAIN)));
    }
  }

  private FolderName name(int index, K id) {
    String text = id.toString();
    StringBuilder name = new StringBuilder("/");
    String number = Integer.toString(index);
    name.append("0".repeat(digits - number.length())).append(number).append('-');
    for (int i = 0; i < Math.min(LONGEST, text.length()); i++) {
      char c = text.charAt(i);
      name.append(c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-') ? c : '_');
    }
    return new FolderName(name.toString());
  }

  private List<Dependency> depends(int index, List<FolderName> names, After after) {
    Digraph graph = edges.graph();
    List<Dependency> depends = new ArrayList<>(graph.predecessorCount(index));
    for (int i = 0; i < graph.predecessorCount(index); i++) {
      depends.add(
          new Dependency(names.get(graph.predecessor(index, i)).path(), after, Origin.NOWHERE));
    }
    return depends;
  }

  JobTree tree() {
    return JobTree.of(entries.stream().map(Entry::folder).toList());
  }

  List<Entry<K, V>> entries() {
    return entries;
  }

  Entry<K, V> of(FolderName folder) {
    return entries.get(Integer.parseInt(folder.path(), 1, digits + 1, 10));
  }

  Entry<K, V> at(int index) {
    return entries.get(index);
  }

  /** The vertex with this id, if there is one. */
  Optional<Entry<K, V>> find(K id) {
    int index = edges.index(id);
    return index < 0 ? Optional.empty() : Optional.of(entries.get(index));
  }

  Digraph graph() {
    return edges.graph();
  }

  /** What has become of those right before a vertex. */
  SortedMap<K, JobResult<K>> predecessors(Entry<K, V> entry) {
    SortedMap<K, JobResult<K>> results = new TreeMap<>();
    for (int i = 0; i < graph().predecessorCount(entry.index()); i++) {
      at(graph().predecessor(entry.index(), i)).result().ifPresent(r -> results.put(r.id(), r));
    }
    return results;
  }
}
