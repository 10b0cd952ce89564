package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
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
    if (!errors.isEmpty()) {
      lines.add("errors so far: " + Words.count(errors.size(), "folder"));
      errors.entrySet().stream()
          .limit(SHOWN)
          .map(e -> "  " + e.getKey().path() + ": " + e.getValue().cause().text())
          .map(Words::line)
          .forEach(lines::add);
      if (errors.size() > SHOWN) {
        lines.add("  and " + (errors.size() - SHOWN) + " more");
      }
    }
    lines.add("all done: waiting for 'jobfold update', 'jobfold stop' ends the run");
    return lines;
  }
}
