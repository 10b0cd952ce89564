package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.trial.Cause;

/**
 * Folders whose last trial failed for want of room, and that run again when there is room. Those
 * that have failed so often that they do not are among the failures.
 *
 * @param causes one a folder
 */
record WithoutRoom(List<Cause.NoRoom> causes) {
  static final WithoutRoom NONE = new WithoutRoom(List.of());

  /** Copies the list. */
  WithoutRoom {
    causes = List.copyOf(causes);
  }

  /** Those of an account. */
  static WithoutRoom of(RunState state) {
    List<Cause.NoRoom> causes = new ArrayList<>();
    for (Map.Entry<FolderName, FolderState> each : state.folders().entrySet()) {
      if (each.getValue() instanceof FolderState.Open open
          && state.counts(each.getKey())
          && open.live().isEmpty()
          && !open.causes().isEmpty()
          && open.causes().get(open.causes().size() - 1) instanceof Cause.NoRoom full) {
        causes.add(full);
      }
    }
    return new WithoutRoom(causes);
  }

  /** A line for people, with what most of them say; absent if there are none. */
  Optional<String> line() {
    Map<String, Integer> reasons = new TreeMap<>();
    causes.forEach(cause -> reasons.merge(cause.reason(), 1, Integer::sum));
    return reasons.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            most ->
                "no room: "
                    + Words.count(causes.size(), "folder")
                    + " failed for want of room, which cost no trial: "
                    + Words.line(most.getKey()));
  }
}
