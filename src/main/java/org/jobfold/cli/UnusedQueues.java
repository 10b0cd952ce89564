package org.jobfold.cli;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jobfold.disk.Note;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Nearest;

/**
 * Queues that a run has and no folder is in: most likely a slip. The folders that were meant are in
 * a queue that is not there, which is refused; where there are none, they may still come.
 */
final class UnusedQueues {
  private UnusedQueues() {}

  /** A note for each, where its size was said. */
  static List<Note> notes(RunSettings settings, JobTree tree) {
    List<Said> sizes =
        settings.holding().stream()
            .flatMap(List::stream)
            .filter(said -> said.setting().option().longestName().equals(TokenArguments.QUEUE))
            .toList();
    if (sizes.isEmpty()) {
      return List.of();
    }
    Set<String> used = new TreeSet<>();
    for (JobFolder folder : tree.folders()) {
      used.addAll(folder.settings().tokens().keySet());
    }
    return sizes.stream()
        .filter(said -> !used.contains(said.name()))
        .map(said -> note(said, used))
        .toList();
  }

  private static Note note(Said said, Set<String> used) {
    return new Note(
        Note.Kind.UNUSED_QUEUE,
        said.place(),
        "no folder is in queue '"
            + said.name()
            + "'"
            + Nearest.to(said.name(), used)
                .map(near -> ": did you mean '" + near + "'?")
                .orElse(""));
  }
}
