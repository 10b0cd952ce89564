package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.disk.LockFiles.Found;
import org.jobfold.disk.LockFiles.Unchanged;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Clock;

/**
 * Decides whether a run may have the lock: whether it is free, or who has it lives. A process on
 * this host is looked up. Of any other, only the lock itself can tell: one that stays as it is for
 * its whole lease, by the clock of who watches it, is held by nobody.
 */
final class LockTaking {
  private static final int ATTEMPTS = 100;
  private static final int LOOKS = 30;

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /**
   * Why a lock may be taken from its holder.
   *
   * @param reason for people
   * @param unchanged what must be as it was seen
   * @param warning how long the holder needs to take notice
   */
  private record Grounds(String reason, Unchanged unchanged, Duration warning) {
    static Grounds of(String reason) {
      return new Grounds(reason, Unchanged.TEXT, Duration.ZERO);
    }
  }

  private final LockFiles files;
  private final Duration lease;
  private final Clock clock;
  private final Pause pause;
  private final Consumer<String> notes;

  /**
   * For one tree.
   *
   * @param lease what others get to know
   * @param notes told, for people, what takes time and what was taken over
   */
  LockTaking(LockFiles files, Duration lease, Clock clock, Pause pause, Consumer<String> notes) {
    this.files = files;
    this.lease = lease;
    this.clock = clock;
    this.pause = pause;
    this.notes = notes;
  }

  /**
   * Takes the lock; it is renewed from now on.
   *
   * @throws RefusedException if it is held, or can not be written
   */
  RunLock take(RunLock.BreakLock breakLock) throws InterruptedException {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        LockRecord mine = LockRecord.taken(clock.now(), lease);
        List<Found> chain = files.chain();
        if (chain.isEmpty()) {
          if (files.take(mine)) {
            return hold(mine);
          }
          continue;
        }
        Found last = chain.get(chain.size() - 1);
        Optional<Grounds> grounds = grounds(last, breakLock);
        if (grounds.isPresent() && files.replace(chain, mine, grounds.get().unchanged())) {
          notes.accept("took the tree over from " + last.who() + ": " + grounds.get().reason());
          RunLock lock = hold(mine);
          warn(grounds.get(), lock);
          return lock;
        }
      }
    } catch (IOException e) {
      throw refused("the lock can not be taken (" + Reasons.of(e) + ")");
    }
    throw refused("the lock changes hands all the time: try again");
  }

  private RunLock hold(LockRecord mine) throws IOException {
    RunLock lock = new RunLock(files, mine, files.open(mine), clock);
    lock.start();
    files.sweep();
    return lock;
  }

  /** Who was forced out takes notice when it renews: before that, nothing may be started. */
  private void warn(Grounds grounds, RunLock lock) throws InterruptedException {
    if (grounds.warning().isZero()) {
      return;
    }
    try {
      pause.sleep(grounds.warning());
    } catch (InterruptedException e) {
      lock.close();
      throw e;
    }
  }

  /** Why the lock may be taken; empty if it has changed meanwhile. */
  private Optional<Grounds> grounds(Found found, RunLock.BreakLock breakLock)
      throws IOException, InterruptedException {
    HostProcess.Life life = found.life();
    if (life == HostProcess.Life.DEAD) {
      return Optional.of(Grounds.of("it has ended without giving it free"));
    }
    Duration theirs = found.lease(lease);
    if (life == HostProcess.Life.ALIVE) {
      throw refused(alive(found, breakLock, files.howToStop()));
    }
    Optional<Duration> age = age(found);
    if (age.isEmpty()) {
      return Optional.empty();
    }
    boolean recent = age.get().compareTo(theirs) <= 0;
    if (breakLock == RunLock.BreakLock.YES) {
      return Optional.of(forced(found, recent ? theirs : Duration.ZERO));
    }
    if (recent) {
      throw refused(outOfSight(found, age.get(), theirs));
    }
    if (life == HostProcess.Life.BOOTED_SINCE) {
      return Optional.of(Grounds.of("its host was booted since"));
    }
    notes.accept(
        "the tree was taken by "
            + found.who()
            + ", which has not renewed the lock for "
            + Durations.text(age.get())
            + ": watching it for "
            + Durations.text(theirs)
            + " to be sure");
    return staysAsItIs(found, theirs)
        ? Optional.of(Grounds.of("it did not renew the lock for " + Durations.text(theirs)))
        : Optional.empty();
  }

  private Grounds forced(Found found, Duration warning) {
    if (!warning.isZero()) {
      notes.accept(
          "breaking the lock of "
              + found.who()
              + ", and waiting "
              + Durations.text(warning)
              + " for that run to take notice and end, if there is one");
    }
    return new Grounds("asked for by '--break-lock'", Unchanged.HOLDER, warning);
  }

  private Optional<Duration> age(Found found) throws IOException {
    try {
      return Optional.of(files.age(found));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Time in which the file system did not answer does not count: nobody could renew then. */
  private boolean staysAsItIs(Found found, Duration time) throws IOException, InterruptedException {
    Duration step = time.dividedBy(LOOKS);
    Duration watched = Duration.ZERO;
    while (watched.compareTo(time) < 0) {
      Duration before = clock.elapsed();
      pause.sleep(step);
      if (!files.read(found.place()).equals(Optional.of(found.text()))) {
        return false;
      }
      Duration passed = clock.elapsed().minus(before);
      watched = watched.plus(passed.compareTo(step) > 0 ? step : passed);
    }
    return true;
  }

  private static String alive(Found found, RunLock.BreakLock breakLock, String howToStop) {
    return "the tree is being run by "
        + found.who()
        + (breakLock == RunLock.BreakLock.YES
            ? ", which lives, so '--break-lock' does not take it: "
            : ": ")
        + "wait for it, or stop it with "
        + howToStop;
  }

  private static String outOfSight(Found found, Duration age, Duration lease) {
    String wait =
        ": wait for it or stop it; if you are sure that it is gone, try again in "
            + Durations.text(lease)
            + " or take the tree with '--break-lock'";
    if (found.holder().isEmpty()) {
      return "the lock is damaged or of another version of jobfold, so it can not be said who holds it"
          + wait;
    }
    return "the tree is being run by "
        + found.who()
        + ", which renewed the lock "
        + Durations.text(age.isNegative() ? Duration.ZERO : age)
        + " ago"
        + wait;
  }

  private RefusedException refused(String message) {
    return new RefusedException(List.of(Problem.of(files.lock().toString(), message)));
  }
}
