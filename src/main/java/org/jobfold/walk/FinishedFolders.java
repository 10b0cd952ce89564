package org.jobfold.walk;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;

/** The folders in their final states, counted. */
final class FinishedFolders {
  private static final float LOAD = 0.75f;

  private final Map<FolderName, FinalState> states;
  private int succeeded;
  private int skipped;
  private int failed;
  private int blocked;
  private int interrupted;

  /** None yet, with room for so many. */
  FinishedFolders(int expected) {
    states = new HashMap<>((int) (expected / LOAD) + 1, LOAD);
  }

  void put(FolderName folder, FinalState state) {
    if (states.put(folder, state) != null) {
      throw new IllegalStateException("folder '" + folder + "' has a final state already");
    }
    if (state.skip().isPresent()) {
      skipped++;
    } else if (state.failure().isEmpty()) {
      succeeded++;
    } else if (state.failure().get().interrupted()) {
      interrupted++;
    } else if (state.failure().get().blocked()) {
      blocked++;
    } else {
      failed++;
    }
  }

  boolean contains(FolderName folder) {
    return states.containsKey(folder);
  }

  Optional<FinalState> get(FolderName folder) {
    return Optional.ofNullable(states.get(folder));
  }

  Set<FolderName> names() {
    return states.keySet();
  }

  /** Counts them no more. */
  void clear() {
    states.clear();
    succeeded = 0;
    skipped = 0;
    failed = 0;
    blocked = 0;
    interrupted = 0;
  }

  SortedMap<FolderName, Failure> errors() {
    SortedMap<FolderName, Failure> errors = new TreeMap<>();
    states.forEach((name, state) -> state.failure().ifPresent(f -> errors.put(name, f)));
    return errors;
  }

  int succeeded() {
    return succeeded;
  }

  int skipped() {
    return skipped;
  }

  int failed() {
    return failed;
  }

  int blocked() {
    return blocked;
  }

  int interrupted() {
    return interrupted;
  }
}
