package org.jobfold.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Glob;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Nearest;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Problem;

/** Finds the folders that dependencies mean, and collects what is wrong with them. */
final class Resolution {
  /** More would take more memory than a run should. */
  static final int MOST_EDGES = 20_000_000;

  private static final int MOST_CANDIDATES = 10_000;

  private final List<JobFolder> folders;

  /** Those of the last phase. */
  private final BitSet last = new BitSet();

  private final Names names;
  private final Beside beside;
  private final Digraph.Builder edges;
  private final Map<Wanted, int[]> matches = new HashMap<>();
  private final Map<String, Glob> globs = new HashMap<>();
  private final Map<String, Told> problems = new HashMap<>();
  private boolean tooMany;

  Resolution(JobTree tree, Names names, Beside beside) {
    folders = tree.folders();
    for (int i = 0; i < folders.size(); i++) {
      last.set(i, folders.get(i).phase() == Phase.FINALLY);
    }
    this.names = names;
    this.beside = beside;
    edges = new Digraph.Builder(folders.size());
  }

  /** The edges between all folders that were found. */
  Digraph resolve() {
    for (int i = 0; i < folders.size(); i++) {
      List<Dependency> depends = folders.get(i).depends();
      if (!depends.isEmpty() && !tooMany) {
        add(i, depends);
      }
      edges.next();
    }
    return edges.build();
  }

  /** All that is wrong; the same thing once, with how many folders say it. */
  List<Problem> problems() {
    return problems.values().stream().map(Told::problem).sorted().toList();
  }

  private void add(int successor, List<Dependency> depends) {
    // A name counts more than a glob, and 'success' more than 'any'.
    List<Dependency> byGlob = new ArrayList<>(0);
    int start = edges.edges();
    for (Dependency dependency : depends) {
      if (isGlob(successor, dependency)) {
        byGlob.add(dependency);
      } else {
        // Of one that is named twice, the edge that needs success is kept.
        single(successor, dependency)
            .ifPresent(found -> edges.predecessor(found, dependency.after()));
      }
    }
    if (!byGlob.isEmpty()) {
      addGlobs(successor, byGlob, edges.since(start));
    }
  }

  private void addGlobs(int successor, List<Dependency> byGlob, Set<Integer> named) {
    for (Dependency dependency : byGlob) {
      for (int found : several(successor, dependency)) {
        if (!named.contains(found)) {
          edges.predecessor(found, dependency.after());
        }
      }
      if (edges.edges() > MOST_EDGES && !tooMany) {
        tooMany = true;
        refuse(
            successor,
            dependency,
            "'depends' makes it more than "
                + MOST_EDGES / 1_000_000
                + " million dependencies in this tree: let one folder wait for the many, and the"
                + " others for that one");
        return;
      }
    }
  }

  /** Whether it is meant as a glob: it looks like one, and is not the name of a folder. */
  private boolean isGlob(int successor, Dependency dependency) {
    if (!Glob.isGlob(dependency.pattern())) {
      return false;
    }
    try {
      return names.index(names.name(successor).resolve(dependency.pattern())).isEmpty();
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private OptionalInt single(int successor, Dependency dependency) {
    // Mostly it is the path of a folder as it is: then nothing need be put together.
    OptionalInt same = names.index(dependency.pattern());
    if (same.isPresent()
        && same.getAsInt() != successor
        && !isTooLate(same.getAsInt(), successor)) {
      return same;
    }
    FolderName name;
    try {
      name = names.name(successor).resolve(dependency.pattern());
    } catch (IllegalArgumentException e) {
      refuse(successor, dependency, "'depends' names " + e.getMessage() + ": correct it");
      return OptionalInt.empty();
    }
    OptionalInt index = names.index(name);
    if (index.isEmpty()) {
      missing(name, successor)
          .ifPresent(reason -> refuse(successor, dependency, said(dependency, name) + reason));
      return OptionalInt.empty();
    }
    if (index.getAsInt() == successor) {
      refuse(
          successor,
          dependency,
          "'depends' names '"
              + dependency.pattern()
              + "', which is the folder '"
              + name
              + "' itself: take it out");
      return OptionalInt.empty();
    }
    if (isTooLate(index.getAsInt(), successor)) {
      refuse(
          successor,
          dependency,
          said(dependency, name)
              + ", which runs at the end: only folders with 'finally: true' can wait for it");
      return OptionalInt.empty();
    }
    return index;
  }

  private boolean isTooLate(int predecessor, int successor) {
    return last.get(predecessor) && !last.get(successor);
  }

  private static String said(Dependency dependency, FolderName name) {
    return dependency.pattern().equals(name.path())
        ? "'depends' names '" + name + "'"
        : "'depends' names '" + dependency.pattern() + "', that is '" + name + "'";
  }

  /** Why a name is that of no executable folder; nothing if that was said elsewhere. */
  private Optional<String> missing(FolderName name, int successor) {
    if (beside.mayHaveHeld(name)) {
      return Optional.empty();
    }
    if (names.isAbove(name)) {
      String below = name.isRoot() ? "/*" : name + "/*";
      return Optional.of(
          ", a folder with nothing to run: name one that runs something, or those below by '"
              + below
              + "'");
    }
    if (beside.exists().test(name)) {
      return Optional.of(
          ", a folder with nothing to run: give it something to run, or take it out");
    }
    return Optional.of(
        nearest(name)
            .filter(near -> !near.equals(names.name(successor)))
            .map(near -> ", which is not there: did you mean '" + near + "'?")
            .orElse(", which is not there: correct it, or make the folder"));
  }

  /** The folder that was most likely meant: its first part that is not there, put right. */
  private Optional<FolderName> nearest(FolderName name) {
    FolderName top = FolderName.ROOT;
    List<String> parts = name.parts();
    for (int i = 0; i < parts.size(); i++) {
      FolderName next = top.child(parts.get(i));
      if (names.index(next).isEmpty() && !names.isAbove(next)) {
        FolderName above = top;
        String rest = String.join("/", parts.subList(i + 1, parts.size()));
        return Nearest.to(parts.get(i), names.children(above, MOST_CANDIDATES))
            .map(part -> above.child(part).resolve(rest.isEmpty() ? "." : rest))
            .filter(found -> names.index(found).isPresent());
      }
      top = next;
    }
    return Optional.empty();
  }

  private int[] several(int successor, Dependency dependency) {
    Wanted wanted;
    Glob glob;
    try {
      wanted = Wanted.of(names.name(successor), dependency.pattern());
      glob = globs.computeIfAbsent(wanted.glob, Glob::of);
    } catch (IllegalArgumentException e) {
      refuse(successor, dependency, "'depends' names " + e.getMessage() + ": correct it");
      return new int[0];
    }
    int[] all = matches.get(wanted);
    if (all == null) {
      IntStream.Builder found = IntStream.builder();
      names.matching(wanted.top, glob, found);
      all = found.build().toArray();
      matches.put(wanted, all);
    }
    int[] fitting =
        Arrays.stream(all).filter(i -> i != successor && !isTooLate(i, successor)).toArray();
    if (fitting.length == 0 && !beside.mayHaveHeldBelow(wanted.top)) {
      refuse(
          successor,
          dependency,
          "'depends' names '"
              + dependency.pattern()
              + "', which no other folder that runs something"
              + (Arrays.stream(all).anyMatch(i -> isTooLate(i, successor))
                  ? " before the end has"
                  : " has")
              + " as its name: correct it, or take it out");
    }
    return fitting;
  }

  private void refuse(int successor, Dependency dependency, String message) {
    Problem problem = dependency.origin().problem(names.name(successor).path(), message);
    problems.merge(message, new Told(problem, 1), Told::and);
  }

  /** A problem that was met first in one folder, and in how many. */
  private record Told(Problem first, int count) {
    Told and(Told later) {
      return new Told(first, count + later.count);
    }

    Problem problem() {
      if (count == 1) {
        return first;
      }
      String more = count == 2 ? " (and 1 more folder)" : " (and " + (count - 1) + " more folders)";
      return new Problem(first.place(), first.line(), first.message() + more);
    }
  }

  /**
   * Folders below one whose paths from there match.
   *
   * @param top is taken as it is
   */
  private record Wanted(FolderName top, String glob) {
    static Wanted of(FolderName successor, String pattern) {
      int start = pattern.lastIndexOf('/', Glob.firstSpecial(pattern)) + 1;
      String glob = pattern.substring(start);
      for (String part : glob.split("/", -1)) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
          throw new IllegalArgumentException(
              "'" + pattern + "', which has the part '" + part + "' after a wildcard");
        }
      }
      return new Wanted(successor.resolve(pattern.substring(0, start)), glob);
    }
  }
}
