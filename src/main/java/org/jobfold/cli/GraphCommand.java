package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.util.List;
import java.util.concurrent.Callable;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sight;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.graph.FolderGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobfold graph}: who waits for whom, and how it is with each. */
@Command(
    name = "graph",
    description = {
      "Shows which folders wait for which, and how it is with each in the run that goes on, or in the last one.",
      "It reads the tree and the journal, takes no lock, and changes nothing. What was typed for that run, such as --match, holds here too."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold graph sweep | dot -Tsvg > sweep.svg",
      "  jobfold graph sweep --tree",
      "",
      "Exit codes: 0 it is shown; 2 wrong usage, or a tree that a run would refuse."
    })
final class GraphCommand implements Callable<Integer> {
  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Option(
      names = "--tree",
      description =
          "Draws it for a terminal: below each folder those that wait for it. Without it, it is written in the DOT language of Graphviz.")
  private boolean asTree;

  @Option(names = "--json", description = "Writes it to standard output as JSON.")
  private boolean json;

  GraphCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    if (asTree && json) {
      throw refused("graph", "'--tree' and '--json' exclude each other: give one");
    }
    List<String> remembered =
        StateDirectory.existing(tree.root()).map(StateDirectory::remembered).orElse(List.of());
    tree.settle(spec, outside.environment(), remembered);
    JobTree folders = tree.scan(outside.environment()).orRefuse();
    FolderGraph graph = FolderGraph.of(folders);
    Sight sight = new RunWatch(tree.root()).look();
    if (json) {
      Json.document(outside.out(), new GraphJson(tree.root(), graph, sight)::write);
    } else {
      print(graph, sight);
      if (graph.edges() == 0) {
        outside.err().println("jobfold: no folder depends on another");
        outside.err().flush();
      }
    }
    return ExitCodes.SUCCEEDED;
  }

  private void print(FolderGraph graph, Sight sight) {
    if (asTree) {
      graph.tree(v -> note(graph, v, sight), line -> outside.out().println(Words.line(line)));
    } else {
      graph.dot(
          v -> note(graph, v, sight),
          v -> FolderStanding.of(graph.folder(v), sight).state().colour(),
          outside.out()::println);
    }
    outside.out().flush();
  }

  private static String note(FolderGraph graph, int vertex, Sight sight) {
    return FolderStanding.of(graph.folder(vertex), sight).text()
        + (graph.folder(vertex).phase() == Phase.FINALLY ? " (at the end)" : "");
  }
}
