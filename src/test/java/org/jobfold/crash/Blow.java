package org.jobfold.crash;

import java.util.List;
import java.util.Random;

/** What hits jobfold. */
enum Blow {
  /** SIGKILL; its guard ends what it had started. */
  KILL(9, 50),
  /** SIGKILL to it and to its guard: what it had started lives on, until the next run ends it. */
  KILL_BOTH(9, 28),
  /** It ends what it has started, and then itself. */
  TERM(15, 5),
  INT(2, 4),
  HUP(1, 4),
  /** While it does so, it is killed. */
  TERM_THEN_KILL(15, 9);

  private static final int SIGNALLED = 128;

  private final int signal;
  private final int weight;

  Blow(int signal, int weight) {
    this.signal = signal;
    this.weight = weight;
  }

  static Blow any(Random random) {
    int left = random.nextInt(100);
    for (Blow blow : values()) {
      left -= blow.weight;
      if (left < 0) {
        return blow;
      }
    }
    throw new AssertionError("the weights are less than 100");
  }

  int signal() {
    return signal;
  }

  boolean hitsGuard() {
    return this == KILL_BOTH;
  }

  /** The exit codes that jobfold may have then. */
  List<Integer> exitCodes() {
    return this == TERM_THEN_KILL
        ? List.of(SIGNALLED + signal, SIGNALLED + KILL.signal)
        : List.of(SIGNALLED + signal);
  }
}
