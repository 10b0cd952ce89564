package org.jobfold.run;

import java.time.Duration;
import org.jobfold.spi.Advisor;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.RunListener;
import org.jobfold.walk.WalkRules;

/**
 * The world as a run sees it.
 *
 * @param backend starts and ends the processes
 * @param journal keeps the account
 * @param listener is told what happens
 * @param clock the time
 * @param advisor is asked about each folder, unless it is {@link Advisor#NONE}
 * @param patience how long a run waits for room for its journal, or for its folders, while nothing
 *     runs, before it ends
 */
public record Ports(
    Backend backend,
    JournalStore journal,
    RunListener listener,
    Clock clock,
    Advisor advisor,
    Duration patience) {
  /** How long a run waits for room on the disk while nothing runs, where nobody says otherwise. */
  public static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The world with the usual patience. */
  public Ports(Backend backend, JournalStore journal, RunListener listener, Clock clock) {
    this(backend, journal, listener, clock, Advisor.NONE, PATIENCE);
  }

  /** A back end with nothing else: no account is kept, nobody listens. */
  public static Ports of(Backend backend) {
    return new Ports(backend, JournalStore.NONE, RunListener.NONE, new SystemClock());
  }

  /** The same with a listener. */
  public Ports withListener(RunListener other) {
    return new Ports(backend, journal, other, clock, advisor, patience);
  }

  /** The same with a journal. */
  public Ports withJournal(JournalStore other) {
    return new Ports(backend, other, listener, clock, advisor, patience);
  }

  /** The same with another patience. */
  public Ports withPatience(Duration time) {
    return new Ports(backend, journal, listener, clock, advisor, time);
  }

  /** The same with an advisor. */
  public Ports withAdvisor(Advisor other) {
    return new Ports(backend, journal, listener, clock, other, patience);
  }

  /** Whether the walk is to have the advisor asked. */
  public WalkRules.Advice advice() {
    return advisor == Advisor.NONE ? WalkRules.Advice.NONE : WalkRules.Advice.ASKED;
  }

  /** The same with another back end. */
  public Ports withBackend(Backend other) {
    return new Ports(other, journal, listener, clock, advisor, patience);
  }
}
