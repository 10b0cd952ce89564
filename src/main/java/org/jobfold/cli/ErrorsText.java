package org.jobfold.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.disk.Sight;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.output.FailureGroup;
import org.jobfold.output.OutputEnds;
import org.jobfold.trial.Failure;

/**
 * The errors map of a run for people.
 *
 * @param root the root of the tree
 * @param sight what they were read from
 * @param failed how many folders failed, also those that are not shown
 * @param ends what is shown
 */
record ErrorsText(Path root, Sight sight, int failed, OutputEnds ends) {
  /** How many the last run had. */
  static int hosts(Sight sight) {
    return sight.account().state().run().map(Entry.RunStarted::hosts).orElse(1);
  }

  void print(PrintWriter out) {
    String tree = Words.line(root.toString());
    if (sight.state() == Sight.State.NEVER) {
      out.println(tree + ": it has not been run");
      return;
    }
    SortedMap<FolderName, Failure> failures = new TreeMap<>(ends.failures());
    failures.values().removeIf(Failure::blocked);
    int shown = failures.size();
    out.println(
        tree
            + ": "
            + (failed == 0
                ? "no folder has"
                : Words.count(failed, "folder") + (failed == 1 ? " has" : " have"))
            + " failed for good"
            + (sight.state() == Sight.State.RUNNING ? " so far" : "")
            + (shown == failed ? "" : ", " + shown + " of this cause"));
    if (shown > 0) {
      out.println("errors: " + CauseCount.text(failures.values()));
      new FailureText(root, out, hosts(sight)).print(FailureGroup.of(failures));
    }
    WithoutRoom.of(sight.account().state()).line().ifPresent(out::println);
    BlockedText blocked = BlockedText.of(ends.failures());
    blocked.lines().forEach(out::println);
    if (!ends.unread().isEmpty()) {
      out.println(
          "the output of "
              + Words.count(ends.unread().size(), "folder")
              + " was not read, since there are many: '--all' reads it");
    }
    long damaged = sight.account().reading().damaged();
    if (damaged > 0) {
      out.println(
          "damaged: "
              + Words.count((int) Math.min(damaged, Integer.MAX_VALUE), "line")
              + " of the journal: failures may be missing");
    }
    if (shown > 0) {
      out.println(
          "when the reasons are mended, to run them again"
              + (sight.state() == Sight.State.RUNNING
                  ? " in the same run: jobfold update "
                  : ": jobfold resume ")
              + tree
              + " --retry-failed");
    }
  }
}
