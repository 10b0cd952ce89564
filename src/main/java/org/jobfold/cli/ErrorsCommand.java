package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sight;
import org.jobfold.folder.FolderName;
import org.jobfold.output.OutputEnds;
import org.jobfold.trial.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold errors}: the errors map of a run that goes on, or of the last one. */
@Command(
    name = "errors",
    description = {
      "Shows which folders have failed for good so far, and why: those that failed alike together.",
      "It reads the journal, and the ends of the output files as they are now. It changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold errors sweep",
      "  jobfold errors sweep --list --cause timeout",
      "  jobfold errors sweep --folders --null | xargs -0 du -sh",
      "",
      "Exit codes: 0 they are shown, also if there are none; 2 wrong usage, or it can not be read."
    })
final class ErrorsCommand implements Callable<Integer> {
  /** A metadata server minds thousands of small reads. */
  private static final int READ = 1000;

  private static final Set<String> CAUSES =
      Set.of(
          "exit",
          "signal",
          "timeout",
          "launch",
          "room",
          "check",
          "thrown",
          "vanished",
          "node",
          "upstream");

  private final Outside outside;

  @Mixin private final RootArgument tree = new RootArgument();

  @Option(
      names = "--list",
      description =
          "One line a folder: its name, cause, number of trials and output file, with tabs between them.")
  private boolean list;

  @Option(
      names = "--folders",
      description =
          "Only the directories of the folders, one a line, for other programs. Like --list, without those that others block, unless --cause asks for them.")
  private boolean folders;

  @Option(
      names = {"-0", "--null"},
      description = "With --folders: ends each with a zero byte instead of a new line.")
  private boolean zero;

  @Option(
      names = "--cause",
      paramLabel = "KIND",
      split = ",",
      description =
          "Only folders that failed of this: exit, signal, timeout, launch, room, check, thrown, vanished or node; upstream: those that others block; several with commas.")
  private List<String> causes = List.of();

  @Option(
      names = "--all",
      description = "Reads the output of all folders, not only of the first 1000.")
  private boolean all;

  @Option(names = "--json", description = "Writes it to standard output as JSON.")
  private boolean json;

  ErrorsCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    refuseWrongOptions();
    Path root = tree.root();
    Sight sight = new RunWatch(root).look();
    SortedMap<FolderName, Failure> failures = new TreeMap<>(sight.account().state().failures());
    int blocked = (int) failures.values().stream().filter(Failure::blocked).count();
    int failed = failures.size() - blocked;
    failures.values().removeIf(f -> !causes.isEmpty() && !causes.contains(f.cause().kind()));
    if ((folders || list) && causes.isEmpty()) {
      failures.values().removeIf(Failure::blocked);
    }
    if (folders) {
      print(failures.keySet());
    } else if (list) {
      failures.forEach((name, failure) -> outside.out().println(line(root, name, failure)));
    } else {
      OutputEnds ends = OutputEnds.read(root, failures, all ? Integer.MAX_VALUE : READ);
      if (json) {
        Json.document(outside.out(), new ErrorsJson(root, sight, failed, blocked, ends)::write);
      } else {
        new ErrorsText(root, sight, failed, ends).print(outside.out());
      }
    }
    outside.out().flush();
    return ExitCodes.SUCCEEDED;
  }

  private void refuseWrongOptions() {
    for (String cause : causes) {
      if (!CAUSES.contains(cause)) {
        throw refused(
            "--cause",
            "there is no cause '"
                + cause
                + "': there are exit, signal, timeout, launch, room, check, thrown, vanished, node and upstream");
      }
    }
    if (List.of(list, folders, json).stream().filter(given -> given).count() > 1) {
      throw refused("errors", "'--list', '--folders' and '--json' exclude each other: give one");
    }
    if (zero && !folders) {
      throw refused("--null", "it goes with '--folders': give both");
    }
  }

  /** As the user names the tree, and unchanged, so that programs find them. */
  private void print(Set<FolderName> names) {
    PrintWriter out = outside.out();
    for (FolderName name : names) {
      out.print(tree.given().resolve(name.relative()) + (zero ? "\0" : "\n"));
    }
  }

  private static String line(Path root, FolderName name, Failure failure) {
    String file =
        FailureText.files(failure).stream()
            .findFirst()
            .map(f -> root.resolve(name.relative()).resolve(f).toString())
            .orElse("-");
    return String.join(
        "\t",
        Words.line(name.path()),
        Words.line(failure.cause().text()),
        String.valueOf(failure.trials()),
        Words.line(file));
  }
}
