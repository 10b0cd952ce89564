package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;

/** The end of a run for people: the numbers, then the errors map. */
final class SummaryText {
  /** So many failures are shown with the last lines that they wrote; the rest get a line each. */
  private static final int IN_FULL = 50;

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
      out.println("errors: " + causes(failed));
      int shown = 0;
      for (Map.Entry<FolderName, Failure> entry : failed.entrySet()) {
        print(entry.getKey(), entry.getValue(), shown++ < IN_FULL);
      }
    }
    Tally tally = summary.tally();
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
    parts.add(tally.failed() + " failed");
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

  /** The causes with how often each came, the most frequent first. */
  private static String causes(SortedMap<FolderName, Failure> failed) {
    Map<String, Long> counts =
        failed.values().stream()
            .collect(
                Collectors.groupingBy(
                    f -> Words.line(f.cause().text()), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(10)
        .map(e -> e.getValue() + " × " + e.getKey())
        .collect(Collectors.joining("; "));
  }

  private void print(FolderName folder, Failure failure, boolean full) {
    String trials = failure.trials() == 1 ? "" : " after " + failure.trials() + " trials";
    out.println(
        "  "
            + Words.line(folder.path())
            + ": "
            + Words.line(failure.cause().text())
            + trials
            + ", "
            + Durations.text(failure.usage().elapsed()));
    outputs(folder, failure).forEach(path -> out.println("      output: " + Words.line(path)));
    if (full) {
      failure.tail().forEach(l -> out.println("      | " + Words.line(l.replace("\t", "    "))));
    }
  }

  /** Its output files; first the one that the last lines are from. */
  private List<String> outputs(FolderName folder, Failure failure) {
    return Stream.of(failure.tailOf(), failure.stderr(), failure.stdout())
        .filter(file -> !file.isEmpty())
        .distinct()
        .map(file -> summary.directory(folder).resolve(file).toString())
        .toList();
  }
}
