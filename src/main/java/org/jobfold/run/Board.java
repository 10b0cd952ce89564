package org.jobfold.run;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;

/**
 * What other threads may know of a run, and what they wait for. The thread of the run writes it;
 * any thread may read it.
 */
final class Board {
  private final Object changes = new Object();
  private final ConcurrentSkipListMap<FolderName, Failure> errors = new ConcurrentSkipListMap<>();
  private Snapshot snapshot;
  private boolean ended;
  private Optional<Throwable> broken = Optional.empty();

  /** What there is to know of the walk, beside the errors. */
  private record Snapshot(Tally tally, boolean idle, Optional<Stop> stopping) {}

  /** Of a walk that has not begun. */
  Board(Walk walk) {
    errors.putAll(walk.errors());
    snapshot = new Snapshot(walk.tally(), false, Optional.empty());
  }

  // ---- written

  /** A folder did not succeed. */
  void failed(FolderName folder, Failure failure) {
    errors.put(folder, failure);
  }

  /** An update was taken up. */
  void updated(UpdateReport report) {
    report.added().forEach(errors::remove);
    report.retried().forEach(errors::remove);
    report.unblocked().forEach(errors::remove);
  }

  /** Gives the run something to do, unless it has ended. Whether it has not. */
  boolean unlessEnded(Runnable work) {
    synchronized (changes) {
      if (ended) {
        return false;
      }
      snapshot = new Snapshot(snapshot.tally(), false, snapshot.stopping());
      work.run();
      return true;
    }
  }

  /** What the walk has come to. Gives the tally if it is another one. */
  Optional<Tally> publish(Walk walk, Mailbox mailbox) {
    Tally tally = walk.tally();
    synchronized (changes) {
      boolean news = !tally.equals(snapshot.tally());
      snapshot =
          new Snapshot(
              tally, walk.idle() && !walk.finished() && mailbox.isEmpty(), walk.stopping());
      changes.notifyAll();
      return news ? Optional.of(tally) : Optional.empty();
    }
  }

  /**
   * The run has ended.
   *
   * @param why it could not go on; absent if it has come to its end
   */
  void over(Optional<Throwable> why) {
    synchronized (changes) {
      ended = true;
      broken = why;
      changes.notifyAll();
    }
  }

  // ---- read: see Run

  Tally tally() {
    synchronized (changes) {
      return snapshot.tally();
    }
  }

  SortedMap<FolderName, Failure> errors() {
    return new TreeMap<>(errors);
  }

  Optional<Stop> stopping() {
    synchronized (changes) {
      return snapshot.stopping();
    }
  }

  boolean idle() {
    synchronized (changes) {
      return ended || snapshot.idle();
    }
  }

  boolean ended() {
    synchronized (changes) {
      return ended;
    }
  }

  void awaitIdle() throws InterruptedException {
    synchronized (changes) {
      while (!idle()) {
        changes.wait();
      }
      raise();
    }
  }

  boolean awaitWork() throws InterruptedException {
    synchronized (changes) {
      while (!ended && snapshot.idle()) {
        changes.wait();
      }
      return !ended;
    }
  }

  void awaitEnd() throws InterruptedException {
    synchronized (changes) {
      while (!ended) {
        changes.wait();
      }
      raise();
    }
  }

  private void raise() {
    broken.ifPresent(
        why -> {
          throw new BrokenOff(why);
        });
  }
}
