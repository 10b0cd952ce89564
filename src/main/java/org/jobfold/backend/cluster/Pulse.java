package org.jobfold.backend.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells whether this program was stopped for so long, by a signal or with the whole machine, that
 * its lead has given it up. What then is read from the connection may have been sent before that,
 * so it must not be done any more.
 *
 * <p>It is asked often, by whoever is about to do something and by a thread of its own. Once it has
 * stopped it never beats again.
 */
final class Pulse {
  private final long longest;
  private final LongSupplier nanos;
  private long last;
  private boolean stopped;

  /**
   * Begins now.
   *
   * @param longest the longest time between two questions
   * @param nanos a clock that goes on while this program is stopped
   */
  Pulse(Duration longest, LongSupplier nanos) {
    this.longest = longest.toNanos();
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Whether it went on all the time since it was asked last. */
  synchronized boolean beats() {
    long now = nanos.getAsLong();
    stopped |= now - last > longest;
    last = now;
    return !stopped;
  }
}
