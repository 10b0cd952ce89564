package org.jobfold.crash;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What hits jobfold, and when. */
record Strike(Moment moment, Blow blow, long secondAfter) {
  private static final long LOOK = 20_000_000;
  private static final long PAUSE = 300_000;

  /**
   * Waits for its moment and strikes.
   *
   * @return whether jobfold was hit; false if it had ended by itself
   */
  boolean hits(Life life, JournalWatch journal) throws IOException, InterruptedException {
    long looked = -LOOK;
    while (life.isAlive() && !moment.hasCome(life, journal)) {
      if (blow.hitsGuard() && life.age() - looked >= LOOK) {
        life.findGuard();
        looked = life.age();
      }
      journal.look();
      LockSupport.parkNanos(PAUSE);
    }
    if (!life.struck(blow)) {
      return false;
    }
    if (blow == Blow.TERM_THEN_KILL) {
      life.await(secondAfter);
      life.struck(Blow.KILL);
    }
    return true;
  }
}
