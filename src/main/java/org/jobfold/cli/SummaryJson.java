package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.SortedMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;

/** The end of a run for machines; the fields are those of {@code docs/formats/run-json.md}. */
final class SummaryJson {
  private SummaryJson() {}

  static void print(Summary summary, PrintWriter out) {
    Json.document(out, json -> write(summary, json));
  }

  private static void write(Summary summary, JsonGenerator json) throws IOException {
    json.writeStringField("tree", summary.root().toString());
    json.writeNumberField("exit", summary.exitCode());
    json.writeNumberField("ranks", summary.ranks());
    json.writeNumberField("nbpools", summary.nbpools());
    json.writeNumberField("elapsed", Json.seconds(summary.elapsed()));
    json.writeNumberField("cpu", Json.seconds(summary.cpu()));
    Tally tally = summary.tally();
    json.writeObjectFieldStart("folders");
    json.writeNumberField("total", tally.total());
    json.writeNumberField("succeeded", tally.succeeded());
    json.writeNumberField("failed", tally.failed());
    json.writeNumberField("interrupted", tally.interrupted());
    json.writeNumberField("waiting", tally.waiting());
    json.writeNumberField("tagged", tally.tagged());
    json.writeEndObject();
    json.writeNumberField("retries", tally.retries());
    failures("errors", summary.failed(), summary, json);
    failures("interrupted", summary.interrupted(), summary, json);
  }

  private static void failures(
      String field, SortedMap<FolderName, Failure> failures, Summary summary, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<FolderName, Failure> entry : failures.entrySet()) {
      json.writeObjectFieldStart(entry.getKey().path());
      write(entry.getKey(), entry.getValue(), summary, json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(FolderName folder, Failure failure, Summary summary, JsonGenerator json)
      throws IOException {
    Cause cause = failure.cause();
    json.writeStringField("cause", cause.kind());
    json.writeStringField("text", cause.text());
    if (cause instanceof Cause.ExitCode exit) {
      json.writeNumberField("code", exit.code());
    } else if (cause instanceof Cause.Signal signal) {
      json.writeNumberField("signal", signal.number());
    }
    json.writeNumberField("trials", failure.trials());
    json.writeStringField("started", failure.usage().started().toString());
    json.writeStringField("ended", failure.usage().ended().toString());
    json.writeNumberField("elapsed", Json.seconds(failure.usage().elapsed()));
    json.writeNumberField("cpu", Json.seconds(failure.usage().cpu()));
    json.writeNumberField("peak", failure.usage().peakBytes());
    file("stdout", failure.stdout(), folder, summary, json);
    file("stderr", failure.stderr(), folder, summary, json);
    json.writeArrayFieldStart("tail");
    for (String line : failure.tail()) {
      json.writeString(line);
    }
    json.writeEndArray();
  }

  private static void file(
      String field, String file, FolderName folder, Summary summary, JsonGenerator json)
      throws IOException {
    if (!file.isEmpty()) {
      json.writeStringField(field, summary.directory(folder).resolve(file).toString());
    }
  }
}
