package org.jobfold.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jobfold.journal.Entry;
import org.jobfold.spi.Clock;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.trial.TrialId;
import org.jobfold.walk.Action;

/**
 * What the run has decided, from then until it is written down and may be done. Where the journal
 * can not be written, it is tried again after a pause that grows.
 *
 * <p>What it never does: let go of an action whose record is not known to be written.
 */
final class Ledger {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final JournalStore journal;
  private final Clock clock;
  private final List<Action> held = new ArrayList<>();
  private Optional<NotWrittenException> trouble = Optional.empty();
  private Duration pause = FIRST_PAUSE;
  private Duration next = Duration.ZERO;

  Ledger(JournalStore journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Notes what has happened. */
  void note(Entry entry) {
    journal.append(entry);
  }

  /** Notes what is about to be done, and keeps it until that, and what is before it, is written. */
  void hold(Action action) {
    Records.of(action, clock.now()).ifPresent(journal::append);
    held.add(action);
  }

  /** Writes all that was noted; gives what may be done now, in its order. */
  List<Action> write() {
    if (trouble.isPresent() && clock.elapsed().compareTo(next) < 0) {
      return List.of();
    }
    try {
      journal.flush();
    } catch (NotWrittenException notNow) {
      trouble = Optional.of(notNow);
      next = clock.elapsed().plus(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
      return List.of();
    }
    trouble = Optional.empty();
    pause = FIRST_PAUSE;
    List<Action> written = List.copyOf(held);
    held.clear();
    return written;
  }

  /** Why it could not be written when that was tried last; absent if it could. */
  Optional<NotWrittenException> trouble() {
    return trouble;
  }

  /** When {@link #write} tries again. */
  Optional<Duration> retryAt() {
    return trouble.map(any -> next);
  }

  /** The next {@link #write} tries again. */
  void hurry() {
    next = Duration.ZERO;
  }

  /** Gives back the processes that were to be started. */
  List<TrialId> recall() {
    List<TrialId> recalled = new ArrayList<>();
    for (Iterator<Action> all = held.iterator(); all.hasNext(); ) {
      if (all.next() instanceof Action.Launch launch) {
        recalled.add(launch.order().id());
        all.remove();
      }
    }
    return recalled;
  }
}
