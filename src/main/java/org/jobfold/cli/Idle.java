package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;

/** What a run says that has done all, and holds its ranks. */
final class Idle {
  /** So many errors are named. */
  private static final int SHOWN = 10;

  private Idle() {}

  /** The errors so far, then what it waits for. */
  static List<String> text(SortedMap<FolderName, Failure> errors) {
    List<String> lines = new ArrayList<>();
    SortedMap<FolderName, Failure> failed = new TreeMap<>(errors);
    failed.values().removeIf(Failure::blocked);
    if (!failed.isEmpty()) {
      lines.add("errors so far: " + Words.count(failed.size(), "folder"));
      failed.entrySet().stream()
          .limit(SHOWN)
          .map(e -> "  " + e.getKey().path() + ": " + e.getValue().cause().text())
          .map(Words::line)
          .forEach(lines::add);
      if (failed.size() > SHOWN) {
        lines.add("  and " + (failed.size() - SHOWN) + " more");
      }
    }
    lines.addAll(BlockedText.of(errors).lines());
    lines.add("all done: waiting for 'jobfold update', 'jobfold stop' ends the run");
    return lines;
  }
}
