package org.jobfold.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The time. An implementation MUST never let {@link #elapsed} go back, whatever the wall clock
 * does.
 */
public interface Clock {
  /** The wall clock: for people and for records. */
  Instant now();

  /** Time since some fixed moment: for timeouts and deadlines. */
  Duration elapsed();
}
