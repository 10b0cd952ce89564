package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.output.FailureGroup;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;

/** The end of a run for people: the numbers, then the errors map. */
final class SummaryText {
  private final Summary summary;
  private final PrintWriter out;

  SummaryText(Summary summary, PrintWriter out) {
    this.summary = summary;
    this.out = out;
  }

  void print() {
    if (summary.tally().total() == 0) {
      return;
    }
    out.println(numbers());
    SortedMap<FolderName, Failure> failed = summary.failed();
    if (!failed.isEmpty()) {
      out.println("errors: " + CauseCount.text(failed.values()));
      new FailureText(summary.root(), out, summary.hosts()).print(FailureGroup.of(failed));
    }
    if (!summary.lost().isEmpty()) {
      out.println(
          "lost: "
              + summary.lost().stream()
                  .map(loss -> new LossText(loss).shortly())
                  .collect(Collectors.joining(", ")));
    }
    summary
        .withheld()
        .forEach(
            (host, failures) ->
                out.println(
                    "withheld: host '"
                        + Words.line(host.name())
                        + "', on which folders failed that succeed elsewhere; "
                        + Words.count(failures, "failure")
                        + " there cost no trial"));
    summary.noRoom().line().ifPresent(out::println);
    new BlockedText(summary.blocked()).lines().forEach(out::println);
    Tally tally = summary.tally();
    if (summary.endedByFailures()) {
      out.println(
          "nothing more was started when "
              + Words.count(summary.maxFailures().getAsInt(), "folder")
              + " had failed ('--max-failures'; '--keep-going' goes on)");
    }
    int interrupted = tally.interrupted();
    if (interrupted + tally.waiting() > 0) {
      out.println(
          "incomplete: "
              + (interrupted == 0 ? "" : Words.count(interrupted, "folder") + " interrupted, ")
              + tally.waiting()
              + " not run; to go on: jobfold resume "
              + Words.line(summary.root().toString()));
    }
    out.flush();
  }

  private String numbers() {
    Tally tally = summary.tally();
    List<String> parts = new ArrayList<>();
    parts.add(tally.succeeded() + " succeeded");
    if (tally.skipped() > 0) {
      parts.add(tally.skipped() + " skipped");
    }
    parts.add(tally.failed() + " failed");
    if (tally.blocked() > 0) {
      parts.add(tally.blocked() + " blocked");
    }
    if (tally.interrupted() > 0) {
      parts.add(tally.interrupted() + " interrupted");
    }
    if (tally.waiting() > 0) {
      parts.add(tally.waiting() + " not run");
    }
    if (tally.tagged() > 0) {
      parts.add(tally.tagged() + " tagged");
    }
    if (tally.retries() > 0) {
      parts.add(Words.count(tally.retries(), "trial") + " repeated");
    }
    return Words.count(tally.total(), "folder")
        + ": "
        + String.join(", ", parts)
        + "; "
        + Durations.text(summary.elapsed())
        + ", "
        + Durations.text(summary.cpu())
        + " of CPU";
  }
}
