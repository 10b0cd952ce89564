package org.jobfold.backend.mpj;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.spi.Order;
import org.jobfold.trial.TrialId;

/** The calls of which the end has not been told, by the numbers that ranks know them by. */
final class OpenCalls {
  private final Map<Long, MpiTrial> calls = new TreeMap<>();
  private final Map<TrialId, MpiTrial> trials = new HashMap<>();
  private Optional<Runnable> whenEmpty = Optional.empty();
  private long last;

  /** Adds one, which gets a number that no other ever had. */
  MpiTrial add(Order order, TrialFiles files, List<Integer> ranks) {
    MpiTrial trial = new MpiTrial(++last, order, files, ranks);
    calls.put(trial.number(), trial);
    trials.put(order.id(), trial);
    return trial;
  }

  Optional<MpiTrial> find(long number) {
    return Optional.ofNullable(calls.get(number));
  }

  Optional<MpiTrial> find(TrialId id) {
    return Optional.ofNullable(trials.get(id));
  }

  boolean isOpen(MpiTrial trial) {
    return calls.containsKey(trial.number());
  }

  void remove(MpiTrial trial) {
    calls.remove(trial.number());
    trials.remove(trial.order().id());
    tellIfEmpty();
  }

  /** Does this once none is left; at once if none is. */
  void whenEmpty(Runnable work) {
    whenEmpty = Optional.of(work);
    tellIfEmpty();
  }

  private void tellIfEmpty() {
    if (calls.isEmpty()) {
      whenEmpty.ifPresent(Runnable::run);
      whenEmpty = Optional.empty();
    }
  }

  /** All, as they are now, in the order in which they were added. */
  Collection<MpiTrial> all() {
    return List.copyOf(calls.values());
  }
}
