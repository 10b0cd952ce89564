package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jobfold.comm.Host;
import org.jobfold.spi.Loss;
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
    json.writeNumberField("skipped", tally.skipped());
    json.writeNumberField("blocked", tally.blocked());
    json.writeEndObject();
    json.writeNumberField("retries", tally.retries());
    json.writeNumberField("noRoom", summary.noRoom().causes().size());
    json.writeArrayFieldStart("lost");
    for (Loss loss : summary.lost()) {
      LossJson.write(loss.host(), loss.ranks(), loss.reason(), json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("withheld");
    for (Map.Entry<Host, Integer> each : summary.withheld().entrySet()) {
      json.writeStartObject();
      json.writeStringField("host", each.getKey().name());
      json.writeNumberField("failures", each.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    FailureJson.map("errors", summary.notDone(), summary.root(), json);
    FailureJson.map("interrupted", summary.interrupted(), summary.root(), json);
  }
}
