package org.jobfold.run;

import java.time.Duration;
import java.time.Instant;
import org.jobfold.spi.Clock;

/** The clock of this JVM. */
public final class SystemClock implements Clock {
  private final long origin = System.nanoTime();

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - origin);
  }
}
