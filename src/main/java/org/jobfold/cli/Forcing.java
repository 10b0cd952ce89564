package org.jobfold.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Nearest;
import org.jobfold.folder.Problem;
import org.jobfold.graph.FolderGraph;
import picocli.CommandLine.Option;

/** Which folders run whatever is known of them. */
final class Forcing {
  @Option(
      names = "--force",
      description =
          "Runs all folders, also those that are done and those whose 'inputs' have not changed. Holds for once.")
  private boolean all;

  @Option(
      names = "--force-from",
      paramLabel = "FOLDER",
      description =
          "Runs this folder, such as /si/relax, and all that wait for it, whatever is known of them. May be given several times; holds for once.")
  private List<String> from = new ArrayList<>();

  /** Names that the tree does not have, or that do not run. */
  List<Problem> problems(JobTree tree) {
    List<Problem> problems = new ArrayList<>();
    for (String text : from) {
      FolderName name = name(text);
      if (tree.find(name).isEmpty()) {
        Optional<String> near =
            Nearest.to(name.path(), tree.folders().stream().map(f -> f.name().path()).toList());
        problems.add(
            Problem.of(
                "--force-from",
                "the tree has no executable folder '"
                    + name
                    + "': "
                    + near.map(n -> "did you mean '" + n + "'?")
                        .orElse("'jobfold scan' shows the names")));
      } else if (tree.find(name).orElseThrow().tagged()) {
        problems.add(
            Problem.of("--force-from", "folder '" + name + "' is tagged: untag it to run it"));
      }
    }
    return problems;
  }

  /** Whether a folder of a tree without problems is forced. */
  Predicate<FolderName> in(JobTree tree) {
    if (all) {
      return folder -> true;
    }
    if (from.isEmpty()) {
      return folder -> false;
    }
    FolderGraph graph = FolderGraph.of(tree);
    Set<FolderName> forced = new HashSet<>();
    Queue<Integer> look = new ArrayDeque<>();
    for (String text : from) {
      OptionalInt index = graph.index(name(text));
      index.ifPresent(look::add);
    }
    for (Integer at = look.poll(); at != null; at = look.poll()) {
      if (forced.add(graph.folder(at).name())) {
        for (int i = 0; i < graph.successorCount(at); i++) {
          look.add(graph.successor(at, i));
        }
      }
    }
    return forced::contains;
  }

  private static FolderName name(String text) {
    String name = text.startsWith("/") ? text : "/" + text;
    return new FolderName(
        name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
  }
}
