package org.jobfold.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What the lives of jobfold have left running. After most of them it must be gone soon; where the
 * guard was killed too, when a later life has begun its journal.
 */
final class Remains {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final long LOOK = 5_000_000;

  private final Inquest inquest;
  private final List<Life> unguarded = new ArrayList<>();
  private final List<Life> unseen = new ArrayList<>();
  private Duration slowest = Duration.ZERO;

  Remains(Inquest inquest) {
    this.inquest = inquest;
  }

  /** A life is over, and its guard with it: what it left lives on. */
  void unguarded(Life life) {
    unguarded.add(life);
  }

  /** A life is over; nobody waits for what its guard does now. */
  void unseen(Life life) {
    unseen.add(life);
  }

  /** A life is over: nothing must be left soon, also of those that nobody waited for. */
  void soonGone(Life life) {
    long begin = System.nanoTime();
    unseen.add(life);
    for (Life one : unseen) {
      List<Integer> left = one.survivors();
      while (!left.isEmpty() && System.nanoTime() - begin < SOON.toNanos()) {
        LockSupport.parkNanos(LOOK);
        left = one.survivors();
      }
      if (!left.isEmpty()) {
        inquest.found(text(one, left) + " " + SOON.toSeconds() + " s after its end");
      }
    }
    unseen.clear();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    slowest = took.compareTo(slowest) > 0 ? took : slowest;
  }

  /** A life has begun its journal: nothing is left of those before. */
  void swept(Life by) {
    for (Life one : unguarded) {
      List<Integer> left = one.survivors();
      if (!left.isEmpty()) {
        inquest.found(
            text(one, left) + ", though life " + by.number() + " has begun to run folders");
      }
    }
    unguarded.clear();
  }

  Duration slowest() {
    return slowest;
  }

  private static String text(Life life, List<Integer> left) {
    String commands =
        left.stream()
            .map(pid -> pid + Processes.commandLine(pid).replace('\0', ' '))
            .toList()
            .toString();
    return "processes of life " + life.number() + " are alive: " + commands;
  }
}
