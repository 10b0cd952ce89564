package org.jobfold.walk;

import java.time.Duration;
import java.util.Optional;

/**
 * Says which folders can still end before the end of the allocation: by their timeout or, where
 * they have none, by how long such folders have taken in this run. Of which nothing is known, that
 * can.
 */
final class TimeLeft {
  private final Optional<Deadline> deadline;
  private final LearnedTimes learned;
  private Duration longestTimeout = Duration.ZERO;
  private boolean warned;

  TimeLeft(Optional<Deadline> deadline, LearnedTimes learned) {
    this.deadline = deadline;
    this.learned = learned;
  }

  /** Takes note that a folder is there, which may start at some time. */
  void expect(Waiting waiting) {
    if (deadline.isPresent()) {
      waiting
          .changed()
          .settings()
          .timeout()
          .filter(limit -> limit.compareTo(longestTimeout) > 0)
          .ifPresent(limit -> longestTimeout = limit);
    }
  }

  /** Whether any folder can be expected to end in time. */
  boolean isEnoughForAll(Duration now) {
    return deadline.isEmpty() || fits(max(longestTimeout, learned.longest()), now);
  }

  /** Whether a folder that starts now ends in time. */
  boolean isEnoughFor(Waiting waiting, Duration now) {
    return deadline.isEmpty()
        || fits(learned.expectedOrLimit(waiting.changed()).orElse(Duration.ZERO), now);
  }

  /** Changes when folders may fit that did not before. */
  int changes() {
    return learned.changes();
  }

  /** Whether running folders are to be warned now; says so once. */
  Optional<Deadline.Warning> warning(Duration now) {
    if (warned || warnAt().filter(at -> at.compareTo(now) <= 0).isEmpty()) {
      return Optional.empty();
    }
    warned = true;
    return deadline.flatMap(Deadline::warning);
  }

  /** The end has been told from outside: running folders are warned now, if they are at all. */
  Optional<Deadline.Warning> warningAhead() {
    if (warned) {
      return Optional.empty();
    }
    warned = true;
    return deadline.flatMap(Deadline::warning);
  }

  /** Why what runs is to end when the time has come. */
  String reason() {
    return deadline.map(Deadline::reason).orElse("");
  }

  /** Why what runs is to end, if the time has come. */
  Optional<String> over(Duration now) {
    return deadline.filter(d -> d.last().compareTo(now) <= 0).map(Deadline::reason);
  }

  /** When running folders are to be warned, if they still are. */
  Optional<Duration> nextWarning() {
    return warned ? Optional.empty() : warnAt();
  }

  /** When what runs is to end. */
  Optional<Duration> last() {
    return deadline.map(Deadline::last);
  }

  private Optional<Duration> warnAt() {
    return deadline.flatMap(Deadline::warnAt);
  }

  private boolean fits(Duration time, Duration now) {
    return now.plus(time).compareTo(deadline.orElseThrow().last()) <= 0;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
