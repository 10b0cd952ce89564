package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jobfold.comm.Host;

/** Lost ranks, for machines. */
final class LossJson {
  private LossJson() {}

  static void write(Host host, List<Integer> ranks, String reason, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("host", host.name());
    json.writeArrayFieldStart("ranks");
    for (int rank : ranks) {
      json.writeNumber(rank);
    }
    json.writeEndArray();
    json.writeStringField("reason", reason);
    json.writeEndObject();
  }
}
