package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jobfold.submit.Call;
import org.jobfold.submit.JobId;

/**
 * What was submitted, for machines; the fields are those of {@code docs/formats/submit-json.md}.
 */
final class SubmitJson {
  private SubmitJson() {}

  static void print(PrintWriter out, Path root, SubmissionPlan plan, List<JobId> jobs, int calls) {
    Json.document(out, json -> write(root, plan, jobs, calls, json));
  }

  private static void write(
      Path root, SubmissionPlan plan, List<JobId> jobs, int calls, JsonGenerator json)
      throws IOException {
    json.writeStringField("tree", root.toString());
    json.writeStringField("way", plan.way().word());
    json.writeNumberField("submission", plan.number());
    json.writeStringField("start", plan.start().word());
    json.writeBooleanField("dry", jobs.isEmpty());
    json.writeNumberField("parts", plan.parts().size());
    json.writeArrayFieldStart("jobs");
    for (JobId job : jobs) {
      json.writeString(job.number());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("commands");
    for (Call call : plan.calls()) {
      json.writeStartArray();
      for (String word : call.words(plan.file())) {
        json.writeString(word);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeStringField("file", plan.file().toString());
    json.writeStringField("script", plan.script());
    json.writeNumberField("calls", calls);
  }
}
