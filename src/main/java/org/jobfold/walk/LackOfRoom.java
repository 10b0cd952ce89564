package org.jobfold.walk;

import java.time.Duration;
import java.util.Optional;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * When folders had no room for their files. A trial that fails then, or fails later and ran then,
 * has failed for want of room, also if there is room again by the time that it is looked.
 */
final class LackOfRoom {
  private Optional<Cause.NoRoom> lack = Optional.empty();

  /** Until when there was none; absent while there is none. */
  private Optional<Duration> until = Optional.empty();

  /** It is seen that there is none; the reason is what is full. */
  void begin(Cause.NoRoom seen) {
    lack = Optional.of(seen);
    until = Optional.empty();
  }

  /** There is room, be it again or still. */
  void end(Duration now) {
    if (until.isEmpty()) {
      until = Optional.of(now);
    }
  }

  /** How the end of a trial counts that began at a time. */
  Outcome outcome(Outcome seen, Duration start) {
    return lack.filter(any -> until.filter(end -> end.compareTo(start) <= 0).isEmpty())
        .flatMap(full -> seen.cause().filter(Cause::mayBeForWantOfRoom).map(why -> of(why, full)))
        .map(Outcome::failed)
        .orElse(seen);
  }

  private static Cause of(Cause why, Cause.NoRoom full) {
    return new Cause.NoRoom(
        full.directory(), why.text() + ", and meanwhile " + full.reason() + ": make room");
  }
}
