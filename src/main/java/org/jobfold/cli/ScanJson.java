package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jobfold.comm.Placement;
import org.jobfold.disk.Note;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;

/**
 * A scan, for machines.
 *
 * @param root the root of the tree
 * @param settings what holds for it although nobody typed it
 * @param expected whether folders run, where that was asked
 */
record ScanJson(
    Path root,
    JobTree tree,
    Foreseen foreseen,
    List<Said> settings,
    Map<FolderName, Forecast.Expected> expected) {
  void write(JsonGenerator out) throws IOException {
    out.writeStringField("tree", root.toString());
    out.writeArrayFieldStart("folders");
    for (JobFolder folder : tree.folders()) {
      write(folder, Optional.ofNullable(expected.get(folder.name())), out);
    }
    out.writeEndArray();
    SettingsText.write(settings, out);
    out.writeArrayFieldStart("notes");
    for (Note note : foreseen.notes()) {
      out.writeStartObject();
      out.writeStringField("kind", note.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      out.writeStringField("place", note.place());
      out.writeStringField("message", note.message());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (foreseen.ranks().isPresent()) {
      write(foreseen.ranks().get(), out);
    }
    Problems.write(foreseen.problems(), out);
    Problems.write("here", foreseen.here(), out);
  }

  private static void write(Placement ranks, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("allocation");
    out.writeNumberField("ranks", ranks.size());
    out.writeNumberField("hosts", ranks.hosts().size());
    out.writeEndObject();
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
