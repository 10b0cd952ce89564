package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/** The errors map for machines: the same fields wherever it is written. */
final class FailureJson {
  private FailureJson() {}

  /**
   * Writes a field with an object for each folder.
   *
   * @param root the root of the tree
   */
  static void map(
      String field, SortedMap<FolderName, Failure> failures, Path root, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<FolderName, Failure> entry : failures.entrySet()) {
      json.writeObjectFieldStart(entry.getKey().path());
      write(entry.getValue(), root.resolve(entry.getKey().relative()), json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(Failure failure, Path directory, JsonGenerator json)
      throws IOException {
    Cause cause = failure.cause();
    json.writeStringField("cause", cause.kind());
    json.writeStringField("text", cause.text());
    if (cause instanceof Cause.ExitCode exit) {
      json.writeNumberField("code", exit.code());
    } else if (cause instanceof Cause.Signal signal) {
      json.writeNumberField("signal", signal.number());
    } else if (cause instanceof Cause.Upstream upstream) {
      names("origins", upstream.origins(), json);
    }
    json.writeNumberField("trials", failure.trials());
    if (failure.blocked()) {
      return;
    }
    json.writeStringField("started", failure.usage().started().toString());
    json.writeStringField("ended", failure.usage().ended().toString());
    json.writeNumberField("elapsed", Json.seconds(failure.usage().elapsed()));
    json.writeNumberField("cpu", Json.seconds(failure.usage().cpu()));
    json.writeNumberField("peak", failure.usage().peakBytes());
    file("stdout", failure.stdout(), directory, json);
    file("stderr", failure.stderr(), directory, json);
    lines("tail", failure, json);
    json.writeArrayFieldStart("hosts");
    for (Host host : failure.hosts()) {
      json.writeString(host.name());
    }
    json.writeEndArray();
  }

  /** Writes the names of folders. */
  static void names(String field, Collection<FolderName> names, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (FolderName name : names) {
      json.writeString(name.path());
    }
    json.writeEndArray();
  }

  /** Writes the last lines of a failure's output. */
  static void lines(String field, Failure failure, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart(field);
    for (String line : failure.tail()) {
      json.writeString(line);
    }
    json.writeEndArray();
  }

  private static void file(String field, String file, Path directory, JsonGenerator json)
      throws IOException {
    if (!file.isEmpty()) {
      json.writeStringField(field, directory.resolve(file).toString());
    }
  }
}
