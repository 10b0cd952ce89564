package org.jobfold.run;

import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.RunListener;

/**
 * The world as a run sees it.
 *
 * @param backend starts and ends the processes
 * @param journal keeps the account
 * @param listener is told what happens
 * @param clock the time
 */
public record Ports(Backend backend, JournalStore journal, RunListener listener, Clock clock) {
  /** A back end with nothing else: no account is kept, nobody listens. */
  public static Ports of(Backend backend) {
    return new Ports(backend, JournalStore.NONE, RunListener.NONE, new SystemClock());
  }

  /** The same with a listener. */
  public Ports withListener(RunListener other) {
    return new Ports(backend, journal, other, clock);
  }

  /** The same with a journal. */
  public Ports withJournal(JournalStore other) {
    return new Ports(backend, other, listener, clock);
  }

  /** The same with another back end. */
  public Ports withBackend(Backend other) {
    return new Ports(other, journal, listener, clock);
  }
}
