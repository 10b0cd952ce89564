package org.jobfold.walk;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobTree;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;

/** The folders in their final states, counted. */
final class FinishedFolders {
  private static final float LOAD = 0.75f;

  private final Map<FolderName, FinalState> states;

  /** Those that count no more, and do not run again while the tree has them. */
  private final Map<FolderName, FinalState> forgotten = new HashMap<>();

  private int succeeded;
  private int skipped;
  private int failed;
  private int blocked;
  private int interrupted;
  private int failedBefore;

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

  Set<FolderName> names() {
    return states.keySet();
  }

  /** Whether a folder has a final state, be it counted or not. */
  boolean knows(FolderName folder) {
    return states.containsKey(folder) || forgotten.containsKey(folder);
  }

  /** Hands over all, those that count no more among them. */
  void forEach(BiConsumer<FolderName, FinalState> each) {
    forgotten.forEach(each);
    states.forEach(each);
  }

  /** What there is was left by earlier runs. */
  void beginRun() {
    failedBefore = failed;
  }

  /** How many have failed in this run. */
  int failedInThisRun() {
    return failed - failedBefore;
  }

  /** There is a new tree: what it does not have may come back as new. */
  void dropForgotten(JobTree tree) {
    forgotten.keySet().removeIf(name -> tree.find(name).isEmpty());
  }

  /** Counts them no more. What the tree still has is not to run again all the same. */
  void forget(JobTree tree) {
    states.forEach(
        (name, state) -> {
          if (tree.find(name).isPresent()) {
            forgotten.put(name, state);
          }
        });
    states.clear();
    failedBefore = 0;
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
