package org.jobfold.backend.mpj;

import java.time.Duration;

/**
 * How long is waited for ranks.
 *
 * @param ready until all ranks of a call have their communicator
 * @param ending from when a call was asked to end because another rank has failed
 * @param forced from when it was forced to end
 */
record Patience(Duration ready, Duration ending, Duration forced) {
  static final Patience USUAL =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
