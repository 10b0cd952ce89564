package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jobfold.folder.JobFolder;

/**
 * The folders that wait: those that may start, and those whose delay is not over. Knows nothing of
 * what runs.
 */
final class WaitingFolders {
  private final Startable startable;
  private final PriorityQueue<Waiting> delayed =
      new PriorityQueue<>(Comparator.comparing(Waiting::from).thenComparing(w -> w));

  WaitingFolders(Sharing sharing) {
    startable = new Startable(sharing);
  }

  void add(Waiting waiting) {
    if (waiting.from().isZero()) {
      startable.add(waiting);
    } else {
      delayed.add(waiting);
    }
  }

  /** Those that may start now. */
  Startable startable(Duration now) {
    for (Waiting first = delayed.peek();
        first != null && first.from().compareTo(now) <= 0;
        first = delayed.peek()) {
      startable.add(delayed.remove());
    }
    return startable;
  }

  /** When the first delay is over. */
  Optional<Duration> nextStart() {
    return Optional.ofNullable(delayed.peek()).map(Waiting::from);
  }

  int size() {
    return startable.size() + delayed.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** The folders as the tree has them, in no particular order. */
  List<JobFolder> folders() {
    return Stream.concat(startable.stream(), delayed.stream()).map(Waiting::folder).toList();
  }

  /** Takes out all folders that match, in no particular order. */
  List<Waiting> takeIf(Predicate<Waiting> matches) {
    List<Waiting> taken = new ArrayList<>(startable.takeIf(matches));
    delayed.removeIf(w -> matches.test(w) && taken.add(w));
    return taken;
  }
}
