package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jobfold.disk.Note;
import org.jobfold.disk.Scan;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobfold scan}: shows what would run with which settings, what would not, and why. */
@Command(
    name = "scan",
    description =
        "Shows what would run with which settings, what would not, and why. Starts nothing.",
    footer = {
      "",
      "Examples:",
      "  jobfold scan sweep",
      "  jobfold scan sweep --why",
      "  jobfold scan inputs --match 'in.*' --command 'lmp -in {match}'",
      "",
      "Exit codes: 0 the tree can be run; 2 wrong usage or refused input."
    })
final class ScanCommand implements Callable<Integer> {
  private static final Set<Note.Kind> WITHOUT_EFFECT =
      EnumSet.of(Note.Kind.STRANGE_PARAM, Note.Kind.RUN_FILE);

  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

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
    Map<FolderName, Forecast.Expected> expected =
        why && scan.problems().isEmpty()
            ? Forecast.of(tree.root(), scan.tree(), this::say)
            : Map.of();
    if (json) {
      Json.document(outside.out(), out -> write(scan, expected, out));
    } else {
      table(scan, expected, outside.out());
    }
    Problems.list(scan.problems(), outside.err());
    if (!scan.problems().isEmpty()) {
      outside
          .err()
          .println(
              "jobfold: a run is refused until "
                  + Words.count(scan.problems().size(), "problem")
                  + (scan.problems().size() == 1 ? " is" : " are")
                  + " corrected");
      outside.err().flush();
    }
    return scan.problems().isEmpty() ? ExitCodes.SUCCEEDED : ExitCodes.REFUSED;
  }

  private void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }

  private void table(Scan scan, Map<FolderName, Forecast.Expected> expected, PrintWriter out) {
    List<JobFolder> folders =
        scan.tree().folders().stream().filter(folder -> !folder.tagged()).toList();
    Columns.print(expected.isEmpty() ? ScanTable.rows(folders) : WhyText.rows(expected), out);
    Map<Boolean, List<Note>> notes =
        scan.notes().stream()
            .collect(Collectors.partitioningBy(n -> WITHOUT_EFFECT.contains(n.kind())));
    print("not run:", notes.getOrDefault(false, List.of()), out);
    print("without effect:", notes.getOrDefault(true, List.of()), out);
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
                + (scan.problems().isEmpty() ? " would run" : " found")
            : WhyText.numbers(expected.values()));
    out.flush();
  }

  private static void print(String title, List<Note> notes, PrintWriter out) {
    if (!notes.isEmpty()) {
      out.println();
      out.println(title);
      notes.forEach(note -> out.println("  " + Words.line(note.text())));
    }
  }

  private void write(Scan scan, Map<FolderName, Forecast.Expected> expected, JsonGenerator out)
      throws IOException {
    out.writeStringField("tree", tree.root().toString());
    out.writeArrayFieldStart("folders");
    for (JobFolder folder : scan.tree().folders()) {
      write(folder, Optional.ofNullable(expected.get(folder.name())), out);
    }
    out.writeEndArray();
    SettingsText.write(tree.settings().notTyped(spec), out);
    out.writeArrayFieldStart("notes");
    for (Note note : scan.notes()) {
      out.writeStartObject();
      out.writeStringField("kind", note.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      out.writeStringField("place", note.place());
      out.writeStringField("message", note.message());
      out.writeEndObject();
    }
    out.writeEndArray();
    Problems.write(scan.problems(), out);
  }

  private static void write(
      JobFolder folder, Optional<Forecast.Expected> expected, JsonGenerator out)
      throws IOException {
    Settings settings = folder.settings();
    out.writeStartObject();
    out.writeStringField("name", folder.name().path());
    out.writeBooleanField("tagged", folder.tagged());
    out.writeStringField("runs", folder.functional().text());
    if (settings.ranks().isPresent()) {
      out.writeNumberField("ranks", settings.ranks().getAsInt());
    }
    if (settings.threads().isPresent()) {
      out.writeNumberField("threads", settings.threads().getAsInt());
    }
    if (settings.gpus() > 0) {
      out.writeNumberField("gpus", settings.gpus());
    }
    out.writeBooleanField("mpi", settings.mpi());
    if (settings.maxtrials().isPresent()) {
      out.writeNumberField("maxtrials", settings.maxtrials().getAsInt());
    }
    if (settings.timeout().isPresent()) {
      out.writeNumberField("timeout", Json.seconds(settings.timeout().get()));
    }
    map("env", settings.env(), out);
    map("params", settings.params(), out);
    if (settings.stdin().isPresent()) {
      out.writeStringField("stdin", settings.stdin().get());
    }
    out.writeStringField("stdout", settings.stdout());
    out.writeStringField("stderr", settings.stderr());
    out.writeStringField("success", settings.success().text());
    writeGraph(folder, out);
    if (expected.isPresent()) {
      out.writeStringField("run", expected.get().answer().name().toLowerCase(Locale.ROOT));
      list("why", expected.get().reasons(), out);
    }
    out.writeEndObject();
  }

  /** What decides when a folder runs; only what is said. */
  private static void writeGraph(JobFolder folder, JsonGenerator out) throws IOException {
    Settings settings = folder.settings();
    if (!folder.depends().isEmpty()) {
      out.writeArrayFieldStart("depends");
      for (Dependency dependency : folder.depends()) {
        out.writeStartObject();
        out.writeStringField("name", dependency.pattern());
        out.writeStringField("after", dependency.after().name().toLowerCase(Locale.ROOT));
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (folder.phase() == Phase.FINALLY) {
      out.writeBooleanField("finally", true);
    }
    if (!settings.tokens().isEmpty()) {
      out.writeObjectFieldStart("tokens");
      for (Map.Entry<String, Integer> tokens : settings.tokens().entrySet()) {
        out.writeNumberField(tokens.getKey(), tokens.getValue());
      }
      out.writeEndObject();
    }
    if (settings.priority() != 0) {
      out.writeNumberField("priority", settings.priority());
    }
    if (settings.inputs().isPresent()) {
      list("inputs", settings.inputs().get(), out);
    }
    if (!settings.outputs().isEmpty()) {
      list("outputs", settings.outputs(), out);
    }
  }

  private static void list(String field, List<String> texts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void map(String field, Map<String, String> map, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }
}
