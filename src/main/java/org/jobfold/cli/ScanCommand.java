package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobfold scan}: shows what would run with which settings, what would not, and why. */
@Command(
    name = "scan",
    description = {
      "Shows what would run with which settings, what would not, and why. Starts nothing.",
      "It refuses what 'jobfold run' would refuse with the same options. What this machine alone has no room or no program for is a note, unless it is said which ranks are meant: by an option, jobfold.yaml, the environment or a batch job."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold scan sweep",
      "  jobfold scan sweep --why",
      "  jobfold scan sweep --ranks 64 --queue licence=4",
      "  jobfold scan inputs --match 'in.*' --command 'lmp -in {match}'",
      "",
      "Exit codes: 0 the tree can be run; 2 wrong usage or refused input."
    })
final class ScanCommand implements Callable<Integer> {
  private static final Set<Note.Kind> WITHOUT_EFFECT =
      EnumSet.of(Note.Kind.STRANGE_PARAM, Note.Kind.UNUSED_QUEUE, Note.Kind.RUN_FILE);

  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Mixin private final MeantArguments meant = new MeantArguments();

  @Option(
      names = "--why",
      description =
          "Shows for each folder whether 'jobfold run' would run it now, and why: what has changed since its last success.")
  private boolean why;

  @Option(names = "--json", description = "Writes it to standard output as JSON.")
  private boolean json;

  ScanCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    tree.settle(spec, outside.environment());
    Scan scan = tree.scan(outside.environment());
    Foreseen foreseen = meant.of(outside, tree, scan);
    Map<FolderName, Forecast.Expected> expected =
        why && !foreseen.isRefused() ? Forecast.of(tree.root(), scan.tree(), this::say) : Map.of();
    if (json) {
      List<Said> settings = tree.settings().notTyped(spec);
      Json.document(
          outside.out(),
          new ScanJson(tree.root(), scan.tree(), foreseen, settings, expected)::write);
    } else {
      table(scan.tree(), foreseen, expected, outside.out());
    }
    Problems.list(foreseen.problems(), outside.err());
    if (foreseen.isRefused()) {
      int problems = foreseen.problems().size();
      say(
          "a run is refused until "
              + Words.count(problems, "problem")
              + (problems == 1 ? " is" : " are")
              + " corrected");
    }
    return foreseen.isRefused() ? ExitCodes.REFUSED : ExitCodes.SUCCEEDED;
  }

  private void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }

  private void table(
      JobTree all,
      Foreseen foreseen,
      Map<FolderName, Forecast.Expected> expected,
      PrintWriter out) {
    List<JobFolder> folders = all.folders().stream().filter(folder -> !folder.tagged()).toList();
    Columns.print(expected.isEmpty() ? ScanTable.rows(folders) : WhyText.rows(expected), out);
    Map<Boolean, List<Note>> notes =
        foreseen.notes().stream()
            .collect(Collectors.partitioningBy(n -> WITHOUT_EFFECT.contains(n.kind())));
    print("not run:", texts(notes.getOrDefault(false, List.of())), out);
    print("without effect:", texts(notes.getOrDefault(true, List.of())), out);
    print(
        "refused on this machine, if no other is meant ('--ranks', '--hosts', '--machinefile' or"
            + " '--allocation' say which):",
        Problems.lines(foreseen.here()),
        out);
    List<Said> notTyped = tree.settings().notTyped(spec);
    if (!notTyped.isEmpty()) {
      out.println();
      out.println("with the settings:");
      Columns.print(SettingsText.rows(notTyped), "  ", out);
    }
    out.println();
    out.println(
        expected.isEmpty()
            ? Words.count(folders.size(), "folder")
                + (foreseen.isRefused()
                    ? " found"
                    : " would run" + (foreseen.here().isEmpty() ? "" : ", but not on this machine"))
            : WhyText.numbers(expected.values()));
    out.flush();
  }

  private static List<String> texts(List<Note> notes) {
    return notes.stream().map(note -> Words.line(note.text())).toList();
  }

  private static void print(String title, List<String> lines, PrintWriter out) {
    if (!lines.isEmpty()) {
      out.println();
      out.println(title);
      lines.forEach(line -> out.println("  " + line));
    }
  }
}
