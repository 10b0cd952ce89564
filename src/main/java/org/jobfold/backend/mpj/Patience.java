package org.jobfold.backend.mpj;

import java.time.Duration;

/**
 * How long is waited for ranks.
 *
 * @param ready until all ranks of a call have their communicator
 * @param ending from when a call was asked to end because another rank has failed
 * @param forced from when it was forced to end, or one of its ranks has died
 * @param closing until all calls of a session have ended that is closed; more than {@code forced},
 *     for ranks whose JVM is ended then
 * @param bereft for a call of several ranks, from when a rank was lost that is none of its own: its
 *     messages can not be relied on then
 */
record Patience(
    Duration ready, Duration ending, Duration forced, Duration closing, Duration bereft) {
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(12),
          Duration.ofSeconds(30));

  Patience withBereft(Duration time) {
    return new Patience(ready, ending, forced, closing, time);
  }
}
