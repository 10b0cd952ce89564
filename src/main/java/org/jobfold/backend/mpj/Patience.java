package org.jobfold.backend.mpj;

import java.time.Duration;

/**
 * How long is waited for ranks.
 *
 * @param ready until all ranks of a call have their communicator
 * @param ending from when a call was asked to end because another rank has failed
 * @param forced from when it was forced to end
 * @param closing until all calls of a session have ended that is closed; more than {@code forced},
 *     for ranks whose JVM is ended then
 */
record Patience(Duration ready, Duration ending, Duration forced, Duration closing) {
  static final Patience USUAL =
      new Patience(
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(12));
}
