package org.jobfold.run;

import java.time.Duration;
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
 * @param patience how long a run whose journal can not be written waits while nothing runs, before
 *     it breaks off
 */
public record Ports(
    Backend backend, JournalStore journal, RunListener listener, Clock clock, Duration patience) {
  /** How long a run waits for room on the disk while nothing runs, where nobody says otherwise. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The world with the usual patience. */
  public Ports(Backend backend, JournalStore journal, RunListener listener, Clock clock) {
    this(backend, journal, listener, clock, PATIENCE);
  }

  /** A back end with nothing else: no account is kept, nobody listens. */
  public static Ports of(Backend backend) {
    return new Ports(backend, JournalStore.NONE, RunListener.NONE, new SystemClock());
  }

  /** The same with a listener. */
  public Ports withListener(RunListener other) {
    return new Ports(backend, journal, other, clock, patience);
  }

  /** The same with a journal. */
  public Ports withJournal(JournalStore other) {
    return new Ports(backend, other, listener, clock, patience);
  }

  /** The same with another patience. */
  public Ports withPatience(Duration time) {
    return new Ports(backend, journal, listener, clock, time);
  }

  /** The same with another back end. */
  public Ports withBackend(Backend other) {
    return new Ports(other, journal, listener, clock, patience);
  }
}
