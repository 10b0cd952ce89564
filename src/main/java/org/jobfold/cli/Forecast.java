package org.jobfold.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jobfold.disk.TreeFingerprints;
import org.jobfold.folder.After;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.graph.FolderGraph;
import org.jobfold.print.Check;
import org.jobfold.print.Declared;
import org.jobfold.print.Digest;
import org.jobfold.print.Predecessor;
import org.jobfold.print.Reason;
import org.jobfold.spi.Fingerprints;

/**
 * Which folders {@code jobfold run} would run now, and why. Looks at the tree as the run would, and
 * writes nothing.
 */
final class Forecast {
  private final FolderGraph graph;
  private final Fingerprints fingerprints;
  private final SortedMap<FolderName, Expected> expected = new TreeMap<>();

  /** What those made that need not run. */
  private final Map<FolderName, Digest> made = new HashMap<>();

  private Forecast(FolderGraph graph, Fingerprints fingerprints) {
    this.graph = graph;
    this.fingerprints = fingerprints;
  }

  /** Whether a folder would run. */
  enum Answer {
    /** It would. */
    YES,
    /** It would if one that it waits for, and that runs, makes something new. */
    MAYBE,
    /** It would not. */
    NO
  }

  /**
   * What is expected of a folder.
   *
   * @param answer whether it would run
   * @param reasons why, or why not
   * @param makes whether what it makes then is new for those that wait for it
   */
  record Expected(Answer answer, List<String> reasons, Makes makes) {}

  /** What those see that wait for a folder. */
  private enum Makes {
    /** Something new, for certain. */
    NEW,
    /** Something new, or the same as before. */
    PERHAPS_NEW,
    /** The same as before. */
    SAME,
    /** Nothing: it is blocked. */
    NOTHING
  }

  /**
   * For all folders of a tree that are not tagged.
   *
   * @param notes told, for people, what is wrong with what was kept
   */
  static SortedMap<FolderName, Expected> of(Path root, JobTree tree, Consumer<String> notes) {
    try (TreeFingerprints view =
        TreeFingerprints.view(root, Declared::of, Unchanged.names(tree)::contains, notes)) {
      return new Forecast(FolderGraph.of(tree), view).look();
    }
  }

  private SortedMap<FolderName, Expected> look() {
    for (int index : graph.topologicalOrder()) {
      JobFolder folder = graph.folder(index);
      if (!folder.tagged()) {
        expected.put(folder.name(), look(index, folder));
      }
    }
    return expected;
  }

  private Expected look(int index, JobFolder folder) {
    List<Predecessor> predecessors = new ArrayList<>();
    boolean certain = false;
    for (int i = 0; i < graph.predecessorCount(index); i++) {
      JobFolder before = graph.folder(graph.predecessor(index, i));
      Optional<Expected> its = Optional.ofNullable(expected.get(before.name()));
      boolean must = graph.afterPredecessor(index, i) == After.SUCCESS;
      if (must && its.isEmpty()) {
        return blocked("predecessor " + before.name() + " is tagged");
      }
      if (must && its.orElseThrow().makes() == Makes.NOTHING) {
        return blocked("predecessor " + before.name() + " is blocked");
      }
      certain |= its.filter(e -> e.makes() == Makes.NEW).isPresent();
      predecessors.add(new Predecessor(before.name(), made(before, its)));
    }
    Check check = fingerprints.check(folder, predecessors);
    if (check instanceof Check.NeedNotRun unchanged) {
      made.put(folder.name(), unchanged.made());
      return new Expected(Answer.NO, List.of("unchanged since its last success"), Makes.SAME);
    }
    boolean declaresOutputs = !folder.settings().outputs().isEmpty();
    if (check instanceof Check.MustRun must) {
      boolean waits =
          !certain && must.reasons().stream().allMatch(r -> r.kind() == Reason.Kind.UNKNOWN);
      return new Expected(
          waits ? Answer.MAYBE : Answer.YES,
          must.reasons().stream().map(Reason::text).toList(),
          Makes.PERHAPS_NEW);
    }
    return new Expected(
        Answer.YES,
        List.of("declares no inputs: always runs"),
        declaresOutputs ? Makes.PERHAPS_NEW : Makes.NEW);
  }

  private Optional<Digest> made(JobFolder before, Optional<Expected> its) {
    if (its.isEmpty() || its.get().makes() == Makes.NOTHING) {
      return fingerprints.made(before);
    }
    return Optional.ofNullable(made.get(before.name()));
  }

  private static Expected blocked(String why) {
    return new Expected(Answer.NO, List.of("blocked: " + why), Makes.NOTHING);
  }
}
