package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Moments at which something is to be looked at, with what. An alarm is not taken back: whoever
 * gets it checks whether it still matters.
 */
final class Alarms<T> {
  private record Alarm<T>(Duration at, T what) {}

  private final PriorityQueue<Alarm<T>> alarms =
      new PriorityQueue<>(Comparator.comparing(Alarm::at));

  void set(Duration at, T what) {
    alarms.add(new Alarm<>(at, what));
  }

  /** What is due now, in order of time. */
  List<T> due(Duration now) {
    if (alarms.isEmpty()) {
      return List.of();
    }
    List<T> due = new ArrayList<>();
    for (Alarm<T> first = alarms.peek();
        first != null && first.at().compareTo(now) <= 0;
        first = alarms.peek()) {
      due.add(alarms.remove().what());
    }
    return due;
  }

  /** When the next one is due. */
  Optional<Duration> next() {
    return Optional.ofNullable(alarms.peek()).map(Alarm::at);
  }

  /** Drops the first ones that do not matter any more, so that nobody wakes for them. */
  void dropWhile(java.util.function.Predicate<T> stale) {
    for (Alarm<T> first = alarms.peek();
        first != null && stale.test(first.what());
        first = alarms.peek()) {
      alarms.remove();
    }
  }
}
