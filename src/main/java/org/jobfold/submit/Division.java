package org.jobfold.submit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Problem;
import org.jobfold.graph.FolderGraph;

/** Divides a tree without problems into parts that can run apart from one another. */
public final class Division {
  private Division() {}

  /** What can not be divided: folders whose order or number is looked after within one run. */
  public static List<Problem> problems(JobTree tree) {
    List<Problem> problems = new ArrayList<>();
    for (JobFolder folder : tree.folders()) {
      String why =
          folder.tagged()
              ? ""
              : folder.phase() == Phase.FINALLY
                  ? "has 'finally', so it waits for all others"
                  : !folder.settings().tokens().isEmpty()
                      ? "has a 'queue', whose tokens are counted within one run"
                      : folder.settings().inputs().isPresent()
                          ? "has 'inputs', whose fingerprints are kept by one run"
                          : "";
      if (!why.isEmpty()) {
        problems.add(
            Problem.of("folder '" + folder.name() + "'", why + ": submit the tree '--asone'"));
      }
    }
    return problems;
  }

  /**
   * The smallest parts: folders that wait for one another, directly or not, are in the same one. In
   * order of their first names.
   *
   * @param isToRun whether a folder is to be run; parts without such a one are left out
   * @param maxtrials of folders that do not say it
   */
  public static List<Part> smallest(JobTree tree, Predicate<JobFolder> isToRun, int maxtrials) {
    FolderGraph graph = FolderGraph.of(tree);
    int[] leader = new int[graph.size()];
    for (int i = 0; i < leader.length; i++) {
      leader[i] = i;
    }
    for (int i = 0; i < leader.length; i++) {
      for (int k = 0; k < graph.predecessorCount(i); k++) {
        int a = find(leader, i);
        int b = find(leader, graph.predecessor(i, k));
        leader[Math.max(a, b)] = Math.min(a, b);
      }
    }
    Map<Integer, List<JobFolder>> groups = new LinkedHashMap<>();
    for (JobFolder folder : tree.folders()) {
      int index = graph.index(folder.name()).orElseThrow();
      groups.computeIfAbsent(find(leader, index), any -> new ArrayList<>()).add(folder);
    }
    return groups.values().stream()
        .filter(group -> group.stream().anyMatch(isToRun))
        .map(group -> part(group, isToRun, maxtrials))
        .toList();
  }

  /** The same in so many parts at most, each with about as many folders, in their order. */
  public static List<Part> grouped(List<Part> parts, int most) {
    if (parts.size() <= most) {
      return parts;
    }
    long all = parts.stream().mapToLong(part -> part.folders().size()).sum();
    List<Part> groups = new ArrayList<>();
    Optional<Part> open = Optional.empty();
    long before = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      open = Optional.of(open.map(group -> group.and(part)).orElse(part));
      before += part.folders().size();
      boolean full = before * most >= all * (groups.size() + 1);
      if (full || i == parts.size() - 1) {
        groups.add(open.get());
        open = Optional.empty();
      }
    }
    return groups;
  }

  private static Part part(List<JobFolder> group, Predicate<JobFolder> isToRun, int maxtrials) {
    Width width = Width.NONE;
    Optional<Duration> time = Optional.of(Duration.ZERO);
    for (JobFolder folder : group) {
      if (isToRun.test(folder)) {
        width = width.and(Width.of(folder));
        int trials = folder.settings().maxtrials().orElse(maxtrials);
        Optional<Duration> one = folder.settings().timeout().map(t -> t.multipliedBy(trials));
        time = time.flatMap(sum -> one.map(sum::plus));
      }
    }
    return new Part(group.stream().map(JobFolder::name).toList(), width, time);
  }

  private static int find(int[] leader, int of) {
    int at = of;
    while (leader[at] != at) {
      leader[at] = leader[leader[at]];
      at = leader[at];
    }
    return at;
  }
}
