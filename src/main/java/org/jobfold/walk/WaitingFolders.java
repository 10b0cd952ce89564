package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folders that wait: those that may start, those whose delay is not over, and those that can
 * not end in the time left. Knows nothing of what runs.
 */
final class WaitingFolders {
  private final Startable startable;
  private final PriorityQueue<Waiting> delayed =
      new PriorityQueue<>(Comparator.comparing(Waiting::from).thenComparing(w -> w));

  private final List<Waiting> tooLong = new ArrayList<>();
  private final Sharing sharing;
  private final TimeLeft time;
  private int seenChanges;

  WaitingFolders(Sharing sharing, TimeLeft time) {
    this.startable = new Startable(sharing);
    this.sharing = sharing;
    this.time = time;
  }

  void add(Waiting waiting) {
    time.expect(waiting);
    if (waiting.from().isZero()) {
      startable.add(waiting);
    } else {
      delayed.add(waiting);
    }
  }

  /** Those that may start now; of the first ones of each group, all can end in the time left. */
  Startable startable(Duration now) {
    for (Waiting first = delayed.peek();
        first != null && first.from().compareTo(now) <= 0;
        first = delayed.peek()) {
      startable.add(delayed.remove());
    }
    if (!time.isEnoughForAll(now)) {
      if (time.changes() != seenChanges) {
        seenChanges = time.changes();
        tooLong.forEach(startable::add);
        tooLong.clear();
      }
      tooLong.addAll(
          startable.takeFirst(sharing.nbpools(), waiting -> !time.isEnoughFor(waiting, now)));
    }
    return startable;
  }

  /** Whether folders wait, and none of them can end in the time left. */
  boolean isTooLate() {
    return startable.isEmpty()
        && !isEmpty()
        && delayed.stream().noneMatch(w -> time.isEnoughFor(w, w.from()));
  }

  /** When the first delay is over. */
  Optional<Duration> nextStart() {
    return Optional.ofNullable(delayed.peek()).map(Waiting::from);
  }

  int size() {
    return startable.size() + delayed.size() + tooLong.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** The folders, in no particular order. */
  Stream<Waiting> stream() {
    return Stream.of(startable.stream(), delayed.stream(), tooLong.stream()).flatMap(some -> some);
  }

  /** Takes out all folders that match, in no particular order. */
  List<Waiting> takeIf(Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>(startable.takeIf(matches));
    delayed.removeIf(w -> matches.test(w) && taken.add(w));
    tooLong.removeIf(w -> matches.test(w) && taken.add(w));
    return taken;
  }
}
