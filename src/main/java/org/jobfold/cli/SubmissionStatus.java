package org.jobfold.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jobfold.submit.JobId;
import org.jobfold.submit.QueueStanding;
import org.jobfold.submit.Submission;

/** How a submission stands, for people and for machines. */
final class SubmissionStatus {
  private SubmissionStatus() {}

  /** For people. */
  static List<String> lines(Submitted.View view) {
    Submission submission = view.submission();
    List<String> lines = new ArrayList<>();
    lines.add(
        "submitted "
            + submission.at().truncatedTo(ChronoUnit.SECONDS)
            + " ("
            + submission.way().word()
            + "): "
            + (submission.ids().isEmpty()
                ? "no job is recorded"
                : Submitted.jobs(submission.ids()) + ": " + standing(view.standing())));
    if (submission.end() == Submission.End.OPEN) {
      lines.add(
          "  "
              + submission.jobs().size()
              + " of "
              + submission.planned()
              + " jobs are recorded: it goes on, or was broken off"
              + (submission.ids().isEmpty()
                  ? ""
                  : "; to withdraw them: scancel "
                      + submission.ids().stream()
                          .map(JobId::number)
                          .collect(Collectors.joining(" "))));
    }
    return lines;
  }

  private static String standing(QueueStanding standing) {
    if (standing.known() == QueueStanding.Known.NO) {
      return "Slurm does not say now whether that is in the queue";
    }
    List<String> parts = new ArrayList<>();
    if (standing.running() > 0) {
      parts.add(standing.running() + " running");
    }
    if (standing.queued() > 0) {
      String why =
          standing.reasons().entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(reason -> " (" + Words.line(reason.getKey()) + ")")
              .orElse("");
      parts.add(standing.queued() + " queued" + why);
    }
    if (standing.unknown() > 0) {
      parts.add(standing.unknown() + " in a state that jobfold does not know");
    }
    return parts.isEmpty() ? "nothing of it is in the queue any more" : String.join(", ", parts);
  }

  /** For machines; the field is not there without a submission. */
  static void write(Optional<Submitted.View> view, JsonGenerator json) throws IOException {
    if (view.isEmpty()) {
      return;
    }
    Submission submission = view.get().submission();
    QueueStanding standing = view.get().standing();
    json.writeObjectFieldStart("submission");
    json.writeNumberField("number", submission.number());
    json.writeStringField("submitted", submission.at().toString());
    json.writeStringField("way", submission.way().word());
    json.writeStringField("state", standing.phase().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("whole", submission.end() == Submission.End.WHOLE);
    json.writeNumberField("queued", standing.queued());
    json.writeNumberField("running", standing.running());
    json.writeArrayFieldStart("jobs");
    for (JobId job : submission.ids()) {
      json.writeString(job.number());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
