package org.jobfold.disk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.graph.Beside;
import org.jobfold.graph.FolderGraph;

/**
 * What a scan has found so far. Threads may add in any order: what comes out is the same.
 *
 * <p>It never lists one cause once per folder: what several folders meet in the same way is one
 * problem, which names the first of them and counts the rest.
 */
final class Findings {
  private final Collection<JobFolder> folders = new ConcurrentLinkedQueue<>();
  private final Set<Problem> problems = ConcurrentHashMap.newKeySet();
  private final Set<FolderName> refused = ConcurrentHashMap.newKeySet();
  private final Collection<Note> notes = new ConcurrentLinkedQueue<>();
  private final Map<Object, Met> shared = new ConcurrentHashMap<>();
  private final AtomicInteger hidden = new AtomicInteger();

  void add(JobFolder folder) {
    folders.add(folder);
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  void add(Note note) {
    notes.add(note);
  }

  /** A folder that may be an executable one, but has problems that keep it from being added. */
  void addRefused(FolderName folder) {
    refused.add(folder);
  }

  /** A hidden directory was passed by. */
  void addHidden() {
    hidden.incrementAndGet();
  }

  /**
   * A problem that other folders may have in the same way.
   *
   * @param cause equal for those that are one problem
   * @param folder the folder that met it
   * @param problem what to say if this folder is the first
   */
  void addShared(Object cause, FolderName folder, Problem problem) {
    shared.merge(cause, new Met(folder, problem, 1), Met::and);
  }

  /**
   * All that was found, with what is wrong between the folders.
   *
   * @param exists whether there is a directory for a folder
   */
  Scan scan(String rootPlace, Predicate<FolderName> exists) {
    JobTree tree = JobTree.of(folders);
    Set<Problem> all = new TreeSet<>(problems);
    if (tree.folders().stream().anyMatch(folder -> !folder.depends().isEmpty())) {
      all.addAll(FolderGraph.problems(tree, new Beside(exists, refused)));
    }
    shared.values().forEach(met -> all.add(met.told()));
    List<Note> told = new ArrayList<>(notes);
    if (hidden.get() > 0) {
      told.add(
          new Note(
              Note.Kind.HIDDEN,
              rootPlace,
              hidden.get() == 1
                  ? "1 hidden directory was not entered"
                  : hidden.get() + " hidden directories were not entered"));
    }
    told.sort(null);
    return new Scan(tree, List.copyOf(all), told);
  }

  /** A problem, the first folder that met it, and how many did. */
  private record Met(FolderName first, Problem problem, int count) {
    Met and(Met other) {
      Met earlier = first.compareTo(other.first) <= 0 ? this : other;
      return new Met(earlier.first, earlier.problem, count + other.count);
    }

    Problem told() {
      if (count == 1) {
        return problem;
      }
      String more = count == 2 ? "1 more folder" : count - 1 + " more folders";
      return new Problem(
          problem.place(), problem.line(), problem.message() + " (and " + more + ")");
    }
  }
}
