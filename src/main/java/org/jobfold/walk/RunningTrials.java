package org.jobfold.walk;

import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.TrialId;

/** What runs, with its slots and its alarms. */
final class RunningTrials {
  private final Map<FolderName, Trial> trials = new LinkedHashMap<>();
  private final BitSet slots = new BitSet();
  private final Alarms<Trial> timeouts = new Alarms<>();
  private final Alarms<Trial> graces = new Alarms<>();

  /** Starts a trial in the lowest slot that is free. */
  Trial start(Admission.Admitted admitted, Duration now) {
    int slot = slots.nextClearBit(0);
    slots.set(slot);
    Trial trial = new Trial(admitted, slot, now);
    trials.put(trial.folder().name(), trial);
    trial.timeout().ifPresent(limit -> timeouts.set(now.plus(limit), trial));
    return trial;
  }

  /** Whether none has ranks on a host. */
  boolean noneOn(Host host) {
    return trials.values().stream().noneMatch(t -> t.placement().hosts().contains(host));
  }

  /** How many ranks they have. */
  int ranks() {
    return trials.values().stream().mapToInt(trial -> trial.placement().size()).sum();
  }

  /** What is to be expected of them, by how long such folders have taken. */
  Outlook outlook(LearnedTimes learned, Duration now) {
    return new Outlook(now, trials.values().stream().map(t -> held(t, learned, now)).toList());
  }

  private static Outlook.Held held(Trial trial, LearnedTimes learned, Duration now) {
    return new Outlook.Held(
        trial.need(),
        trial.placement(),
        learned
            .expectedOrLimit(trial.folder())
            .map(trial.start()::plus)
            .map(end -> end.compareTo(now) > 0 ? end : now));
  }

  /** It runs no more: its slot is free. Its ranks are those of the caller. */
  void remove(Trial trial) {
    trials.remove(trial.folder().name());
    slots.clear(trial.slot());
  }

  /** From this moment on, it is forced to end. */
  void forceAt(Duration time, Trial trial) {
    graces.set(time, trial);
  }

  /** Those that have run for longer than they may. */
  List<Trial> tooLong(Duration now) {
    return thatRun(timeouts.due(now));
  }

  /** Those that were asked to end, and have not. */
  List<Trial> toForce(Duration now) {
    return thatRun(graces.due(now));
  }

  private List<Trial> thatRun(List<Trial> due) {
    return due.isEmpty() ? due : due.stream().filter(this::runs).toList();
  }

  /** When one of those two is due next. */
  Optional<Duration> nextAlarm() {
    timeouts.dropWhile(trial -> !runs(trial));
    graces.dropWhile(trial -> !runs(trial));
    return Stream.of(timeouts.next(), graces.next())
        .flatMap(Optional::stream)
        .min(Duration::compareTo);
  }

  Trial expect(TrialId id) {
    Trial trial = trials.get(id.folder());
    if (trial == null || !trial.id().equals(id)) {
      throw new IllegalStateException("an event came of " + id + ", which does not run");
    }
    return trial;
  }

  boolean contains(FolderName folder) {
    return trials.containsKey(folder);
  }

  Collection<Trial> all() {
    return trials.values();
  }

  int size() {
    return trials.size();
  }

  boolean isEmpty() {
    return trials.isEmpty();
  }

  private boolean runs(Trial trial) {
    return trials.get(trial.folder().name()) == trial;
  }
}
