package org.jobfold.walk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.retry.History;
import org.jobfold.trial.Failure;

/**
 * Folders whose last trial has ended, and that have no final state yet: the advisor is asked
 * whether what came of it counts, or it is not known whether it failed by its host's fault.
 */
final class Undecided {
  /**
   * A folder that waits for its verdict.
   *
   * @param trial its last
   * @param failure why that failed, if it did
   */
  record Ending(Trial trial, Optional<Failure> failure) {}

  /**
   * A folder that has failed for good, if that was not its host's fault.
   *
   * @param trial its last
   * @param history what its trials before have come to
   * @param failure why that failed
   */
  record Doubt(Trial trial, History history, Failure failure) {}

  private final Map<FolderName, Ending> endings = new LinkedHashMap<>();
  private final Map<FolderName, Doubt> doubts = new LinkedHashMap<>();

  /** The advisor is asked. */
  void add(Ending ending) {
    endings.put(ending.trial().folder().name(), ending);
  }

  /** It may have been the host. */
  void add(Doubt doubt) {
    doubts.put(doubt.trial().folder().name(), doubt);
  }

  /** The advisor has answered. */
  Optional<Ending> takeEnding(FolderName folder) {
    return Optional.ofNullable(endings.remove(folder));
  }

  /** It is known whether it was the host. */
  Optional<Doubt> takeDoubt(FolderName folder) {
    return Optional.ofNullable(doubts.remove(folder));
  }

  /** Those of which it is not known whether it was their host. */
  List<FolderName> doubtful() {
    return List.copyOf(doubts.keySet());
  }

  /** How many these are. */
  int doubts() {
    return doubts.size();
  }

  boolean contains(FolderName folder) {
    return endings.containsKey(folder) || doubts.containsKey(folder);
  }

  int size() {
    return endings.size() + doubts.size();
  }

  boolean isEmpty() {
    return endings.isEmpty() && doubts.isEmpty();
  }

  /** The last trials of all. */
  Stream<Trial> trials() {
    return Stream.concat(
        endings.values().stream().map(Ending::trial), doubts.values().stream().map(Doubt::trial));
  }

  /** Takes out all: their last trials. */
  List<Trial> clear() {
    List<Trial> all = trials().toList();
    endings.clear();
    doubts.clear();
    return all;
  }
}
