package org.jobfold.backend.mpj.start;

import java.util.concurrent.ThreadLocalRandom;
import org.jobfold.folder.ShellWords;

/**
 * The ports of one world of MPJ Express's daemons: of its own, so that several worlds do not meet.
 *
 * @param daemon at which the daemons listen
 * @param manager at which their port managers do
 * @param launcher at which the launcher does
 */
record DaemonPorts(int daemon, int manager, int launcher) {
  /** Below those that systems give away by themselves. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;

  static DaemonPorts random() {
    int first = ThreadLocalRandom.current().nextInt(FIRST, LAST);
    return new DaemonPorts(first, first + 1, first + 2);
  }

  String words(String mpj) {
    return ShellWords.quoted(mpj) + " " + daemon + " " + manager + " " + launcher;
  }
}
