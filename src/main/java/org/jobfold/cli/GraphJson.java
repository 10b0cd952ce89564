package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jobfold.disk.Sight;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Phase;
import org.jobfold.graph.FolderGraph;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/**
 * Who waits for whom, for machines; the fields are those of {@code docs/formats/graph-json.md}.
 *
 * @param root the root of the tree
 * @param graph of its folders
 * @param sight what the states are from
 */
record GraphJson(Path root, FolderGraph graph, Sight sight) {
  void write(JsonGenerator json) throws IOException {
    json.writeStringField("tree", root.toString());
    json.writeStringField("state", sight.state().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("folders");
    for (int v = 0; v < graph.size(); v++) {
      folder(graph.folder(v), json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
    for (int v = 0; v < graph.size(); v++) {
      for (int i = 0; i < graph.successorCount(v); i++) {
        json.writeStartObject();
        json.writeStringField("from", graph.folder(v).name().path());
        json.writeStringField("to", graph.folder(graph.successor(v, i)).name().path());
        json.writeStringField(
            "after", graph.afterOfSuccessor(v, i).name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void folder(JobFolder folder, JsonGenerator json) throws IOException {
    FolderStanding standing = FolderStanding.of(folder, sight);
    json.writeStartObject();
    json.writeStringField("name", folder.name().path());
    json.writeStringField("state", standing.state().word());
    json.writeNumberField("trials", standing.trials());
    json.writeBooleanField("finally", folder.phase() == Phase.FINALLY);
    if (standing.failure().isPresent()) {
      Failure failure = standing.failure().get();
      json.writeStringField("cause", failure.cause().kind());
      json.writeStringField("text", failure.cause().text());
      if (failure.cause() instanceof Cause.Upstream upstream) {
        FailureJson.names("origins", upstream.origins(), json);
      }
    }
    json.writeEndObject();
  }
}
