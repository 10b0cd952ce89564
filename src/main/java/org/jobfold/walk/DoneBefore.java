package org.jobfold.walk;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.trial.FinalState;

/**
 * Folders that succeeded in earlier runs and whose turn comes once more, because one that they wait
 * for may run again: if none does, they stay as they are. Those that declare what they read are not
 * among them, since of those the advisor knows.
 */
final class DoneBefore {
  private final Map<FolderName, FinalState> states = new HashMap<>();

  /** Whether the advisor can tell that a folder need not run. */
  static boolean isChecked(JobFolder folder) {
    return folder.settings().inputs().isPresent();
  }

  void put(FolderName folder, FinalState state) {
    states.put(folder, state);
  }

  /** Takes a folder out: it runs again, or has its state. */
  Optional<FinalState> take(FolderName folder) {
    return Optional.ofNullable(states.remove(folder));
  }
}
