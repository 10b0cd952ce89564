package org.jobfold.walk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jobfold.folder.After;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.graph.FolderGraph;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;

/**
 * Says when the predecessors of a folder have all ended, and which of those upstream are to blame
 * if they did not end well. Knows nothing of what runs.
 *
 * <p>The origins of a blocked folder are those upstream that failed themselves, or are switched
 * off: not those that were blocked in turn.
 */
final class Precedence {
  private final FolderGraph graph;
  private final int[] open;
  private final boolean[] ended;
  private final Map<Integer, SortedSet<FolderName>> origins = new HashMap<>();

  Precedence(JobTree tree) {
    boolean nobodyWaits = tree.folders().stream().allMatch(f -> f.depends().isEmpty());
    graph = FolderGraph.of(nobodyWaits ? JobTree.of(List.of()) : tree);
    open = graph.predecessorCounts();
    ended = new boolean[graph.size()];
  }

  /** Whether nobody waits for anybody. */
  boolean isTrivial() {
    return graph.edges() == 0;
  }

  /** Whether all predecessors of a folder have ended. */
  boolean isFree(FolderName folder) {
    OptionalInt index = index(folder);
    return index.isEmpty() || open[index.getAsInt()] == 0;
  }

  /** Of these folders, which are some of the tree's, those whose predecessors have all ended. */
  List<FolderName> free(Set<FolderName> some) {
    if (isTrivial()) {
      return List.copyOf(some);
    }
    List<FolderName> free = new ArrayList<>();
    for (int i = 0; i < open.length; i++) {
      if (open[i] == 0 && !ended[i] && some.contains(graph.folder(i).name())) {
        free.add(graph.folder(i).name());
      }
    }
    return free;
  }

  /** Whom a folder has to thank that it is blocked; empty if it is not. */
  Optional<SortedSet<FolderName>> origins(FolderName folder) {
    OptionalInt index = index(folder);
    return index.isEmpty() ? Optional.empty() : origins(index.getAsInt());
  }

  /** What a final state means for those that wait for a folder: gives those that are free now. */
  List<FolderName> ended(FolderName folder, FinalState state) {
    if (isTrivial()) {
      return List.of();
    }
    if (state.succeeded()) {
      return succeeded(folder);
    }
    Failure failure = state.failure().orElseThrow();
    if (failure.interrupted()) {
      return List.of();
    }
    return failure.cause() instanceof Cause.Upstream upstream
        ? blocked(folder, upstream.origins())
        : failed(folder);
  }

  /** A folder that is switched off counts as failed for those that wait for it, or as it ended. */
  void settleTagged(JobTree tree, Past past) {
    if (isTrivial()) {
      return;
    }
    for (JobFolder folder : tree.folders()) {
      if (folder.tagged()) {
        if (past.ending(folder).filter(FinalState::succeeded).isPresent()) {
          succeeded(folder.name());
        } else {
          failed(folder.name());
        }
      }
    }
  }

  /** A folder has succeeded: gives those whose predecessors have all ended now. */
  private List<FolderName> succeeded(FolderName folder) {
    OptionalInt index = index(folder);
    if (index.isPresent()) {
      origins.remove(index.getAsInt());
    }
    return ended(index);
  }

  /** A folder has failed itself, or will not run: gives those whose predecessors have all ended. */
  List<FolderName> failed(FolderName folder) {
    OptionalInt index = index(folder);
    index.ifPresent(i -> origins.put(i, single(folder)));
    return ended(index);
  }

  /** A folder is blocked by others: gives those whose predecessors have all ended now. */
  private List<FolderName> blocked(FolderName folder, SortedSet<FolderName> by) {
    OptionalInt index = index(folder);
    index.ifPresent(i -> origins.put(i, by));
    return ended(index);
  }

  /** Those that a folder waits for and that have not ended, and those that they wait for. */
  SortedSet<FolderName> unfinished(FolderName folder) {
    SortedSet<FolderName> names = new TreeSet<>();
    Queue<Integer> look = new ArrayDeque<>();
    index(folder).ifPresent(look::add);
    for (Integer at = look.poll(); at != null; at = look.poll()) {
      for (int i = 0; i < graph.predecessorCount(at); i++) {
        int before = graph.predecessor(at, i);
        if (!ended[before] && names.add(graph.folder(before).name())) {
          look.add(before);
        }
      }
    }
    return names;
  }

  /** Whom a folder waits for, in order of name. */
  List<JobFolder> predecessors(FolderName folder) {
    OptionalInt index = index(folder);
    if (index.isEmpty() || graph.predecessorCount(index.getAsInt()) == 0) {
      return List.of();
    }
    int at = index.getAsInt();
    List<JobFolder> all = new ArrayList<>();
    for (int i = 0; i < graph.predecessorCount(at); i++) {
      all.add(graph.folder(graph.predecessor(at, i)));
    }
    return all;
  }

  /** Whether others wait for a folder. */
  boolean isWaitedFor(FolderName folder) {
    OptionalInt index = index(folder);
    return index.isPresent() && graph.successorCount(index.getAsInt()) > 0;
  }

  /** Those that wait for a folder, in order of name. */
  List<FolderName> successors(FolderName folder) {
    OptionalInt index = index(folder);
    if (index.isEmpty()) {
      return List.of();
    }
    List<FolderName> all = new ArrayList<>();
    for (int i = 0; i < graph.successorCount(index.getAsInt()); i++) {
      all.add(graph.folder(graph.successor(index.getAsInt(), i)).name());
    }
    return all;
  }

  /** Those that wait for any of these, and those that wait for them in turn. */
  Set<FolderName> following(Collection<FolderName> folders) {
    Set<FolderName> names = new HashSet<>();
    if (isTrivial()) {
      return names;
    }
    boolean[] seen = new boolean[graph.size()];
    Queue<Integer> look = new ArrayDeque<>();
    folders.forEach(folder -> index(folder).ifPresent(look::add));
    for (Integer at = look.poll(); at != null; at = look.poll()) {
      for (int i = 0; i < graph.successorCount(at); i++) {
        int next = graph.successor(at, i);
        if (!seen[next]) {
          seen[next] = true;
          names.add(graph.folder(next).name());
          look.add(next);
        }
      }
    }
    return names;
  }

  private List<FolderName> ended(OptionalInt index) {
    if (index.isEmpty() || ended[index.getAsInt()]) {
      return List.of();
    }
    int folder = index.getAsInt();
    ended[folder] = true;
    List<FolderName> free = new ArrayList<>();
    for (int i = 0; i < graph.successorCount(folder); i++) {
      int successor = graph.successor(folder, i);
      if (--open[successor] == 0) {
        free.add(graph.folder(successor).name());
      }
    }
    return free;
  }

  private Optional<SortedSet<FolderName>> origins(int folder) {
    SortedSet<FolderName> all = Collections.emptySortedSet();
    boolean shared = true;
    for (int i = 0; i < graph.predecessorCount(folder); i++) {
      SortedSet<FolderName> more = origins.get(graph.predecessor(folder, i));
      if (more == null || graph.afterPredecessor(folder, i) == After.ANY || all == more) {
        continue;
      }
      if (all.isEmpty()) {
        all = more;
      } else if (!all.containsAll(more)) {
        all = shared ? new TreeSet<>(all) : all;
        shared = false;
        all.addAll(more);
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private OptionalInt index(FolderName folder) {
    return isTrivial() ? OptionalInt.empty() : graph.index(folder);
  }

  private static SortedSet<FolderName> single(FolderName folder) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(folder)));
  }
}
