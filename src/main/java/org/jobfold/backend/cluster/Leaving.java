package org.jobfold.backend.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.TrialId;

/**
 * What an agent that somebody else than its lead asks to end tells of its trials: a batch system
 * may have signalled them, too, and then their ends say nothing of them, unless the lead has asked
 * for them.
 */
final class Leaving {
  /** In the order of the agent's life. */
  private enum Phase {
    SERVING,
    ASKED_TO_END,
    GONE
  }

  private Phase phase = Phase.SERVING;
  private final Set<TrialId> running = new HashSet<>();
  private final Set<TrialId> asked = new HashSet<>();
  private final Map<TrialId, SessionEvent.Ended> withheld = new HashMap<>();

  /** Whether a trial is launched: not on a host that ends. */
  synchronized boolean launches(TrialId id) {
    return phase == Phase.SERVING && running.add(id);
  }

  /** The lead asks a trial to end; gives its end, if it was kept back. */
  synchronized Optional<SessionEvent.Ended> ends(TrialId id) {
    if (running.contains(id)) {
      asked.add(id);
    }
    Optional<SessionEvent.Ended> ended = Optional.ofNullable(withheld.remove(id));
    notifyAll();
    return ended;
  }

  /** Whether the lead is told of something; if not, it may be later. */
  synchronized boolean tells(SessionEvent event) {
    if (!(event instanceof SessionEvent.Ended ended)) {
      return phase != Phase.GONE;
    }
    boolean isAsked = asked.remove(ended.id());
    boolean isTold =
        phase == Phase.SERVING
            || (phase == Phase.ASKED_TO_END && (isAsked || ended.outcome().succeeded()));
    if (!isTold) {
      withheld.put(ended.id(), ended);
    }
    running.remove(ended.id());
    notifyAll();
    return isTold;
  }

  /** Somebody else than the lead asks for the end. */
  synchronized void begin() {
    phase = Phase.ASKED_TO_END;
  }

  /**
   * Waits until nothing runs, if the lead asks all that does to end in time. Nothing is told any
   * more then.
   *
   * @param follows how long the lead may take to ask
   */
  synchronized void awaitEnd(Duration follows) throws InterruptedException {
    long end = System.nanoTime() + follows.toNanos();
    for (long left = follows.toNanos();
        left > 0 && !isEachAsked();
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    while (isEachAsked() && !running.isEmpty()) {
      wait();
    }
    phase = Phase.GONE;
  }

  /** Of what has ended without having been asked, the lead may ask yet. */
  private boolean isEachAsked() {
    return asked.containsAll(running) && withheld.isEmpty();
  }
}
