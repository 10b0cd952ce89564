package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jobfold.disk.Sight;
import org.jobfold.output.FailureGroup;
import org.jobfold.output.OutputEnds;

/**
 * The errors map of a run for machines; the fields are those of {@code
 * docs/formats/errors-json.md}.
 *
 * @param root the root of the tree
 * @param sight what they were read from
 * @param failed how many folders failed, also those that are not shown
 * @param blocked how many folders others block, also those that are not shown
 * @param ends what is shown
 */
record ErrorsJson(Path root, Sight sight, int failed, int blocked, OutputEnds ends) {
  void write(JsonGenerator json) throws IOException {
    json.writeStringField("tree", root.toString());
    json.writeStringField("state", sight.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("failed", failed);
    json.writeNumberField("blocked", blocked);
    json.writeNumberField("noRoom", WithoutRoom.of(sight.account().state()).causes().size());
    json.writeNumberField("unread", ends.unread().size());
    json.writeNumberField("damaged", sight.account().reading().damaged());
    json.writeArrayFieldStart("groups");
    for (FailureGroup group : FailureGroup.of(ends.failures())) {
      write(group, json);
    }
    json.writeEndArray();
    FailureJson.map("errors", ends.failures(), root, json);
  }

  private static void write(FailureGroup group, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("size", group.failures().size());
    json.writeStringField("cause", group.example().cause().kind());
    json.writeStringField("text", group.example().cause().text());
    HostCount.write(group.failures().values(), json);
    FailureJson.lines("tail", group.example(), json);
    FailureJson.names("folders", group.failures().keySet(), json);
    json.writeEndObject();
  }
}
