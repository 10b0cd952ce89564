package org.jobfold.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Those that failed, and that the tree had no more when others were forgotten. */
  private final Set<FolderName> gone = new HashSet<>();

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
    count(state, 1);
  }

  private void count(FinalState state, int by) {
    if (state.skip().isPresent()) {
      skipped += by;
    } else if (state.failure().isEmpty()) {
      succeeded += by;
    } else if (state.failure().get().interrupted()) {
      interrupted += by;
    } else if (state.failure().get().blocked()) {
      blocked += by;
    } else {
      failed += by;
    }
  }

  /** Takes out a folder that runs again; empty if it has no state that counts. */
  Optional<FinalState> take(FolderName folder) {
    Optional<FinalState> state = Optional.ofNullable(states.remove(folder));
    state.ifPresent(s -> count(s, -1));
    failedBefore = Math.min(failedBefore, failed);
    gone.remove(folder);
    return state;
  }

  /** Whether a folder failed and was gone from the tree then: if it is there, it is a new one. */
  boolean isBack(FolderName folder) {
    return gone.contains(folder);
  }

  boolean contains(FolderName folder) {
    return states.containsKey(folder);
  }

  /** Why a folder did not succeed; empty if it did, or has no state that counts. */
  Optional<Failure> failure(FolderName folder) {
    return Optional.ofNullable(states.get(folder)).flatMap(FinalState::failure);
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

  /**
   * Counts those that have succeeded no more, and gives them. What the tree still has is not to run
   * again all the same. Failures stay: they are raised at the end.
   */
  List<FolderName> forget(JobTree tree) {
    List<FolderName> names = new ArrayList<>();
    states.forEach(
        (name, state) -> {
          boolean there = tree.find(name).isPresent();
          if (!state.succeeded()) {
            if (!there) {
              gone.add(name);
            }
          } else {
            names.add(name);
            if (there) {
              forgotten.put(name, state);
            }
          }
        });
    names.forEach(states::remove);
    succeeded = 0;
    skipped = 0;
    return names;
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
