package org.jobfold.walk;

import java.util.ArrayList;
import java.util.List;
import org.jobfold.comm.Communicator;

/**
 * Decides which folders start now on the free ranks. Never more than {@code nbpools} run at a time,
 * never more ranks are given away than there are.
 *
 * <p>A folder that asks for many ranks can not starve: after it was overtaken {@link #OVERTAKINGS}
 * times as the first in line, nothing starts before it.
 */
final class Admission {
  /** How many folders may start before the first in line. */
  static final int OVERTAKINGS = 64;

  private final Sharing sharing;
  private int overtaken;

  Admission(Sharing sharing) {
    this.sharing = sharing;
  }

  /**
   * A folder that starts now.
   *
   * @param waiting the folder
   * @param ranks the communicator that it owns until its trial has ended
   */
  record Admitted(Waiting waiting, Communicator ranks) {}

  /**
   * Takes the folders that start now out of those that wait, and their ranks out of the free ones.
   */
  List<Admitted> admit(Startable waiting, Communicator free, int running) {
    int pools = Math.min(sharing.nbpools() - running, Math.min(waiting.size(), free.size()));
    if (pools <= 0) {
      return List.of();
    }
    return sharing instanceof Sharing.Equal
        ? equalShares(waiting, free, pools)
        : packed(waiting, free, pools);
  }

  private static List<Admitted> equalShares(Startable waiting, Communicator free, int pools) {
    return free.split(pools).stream().map(part -> new Admitted(waiting.take(), part)).toList();
  }

  private List<Admitted> packed(Startable waiting, Communicator free, int pools) {
    Waiting head = waiting.head().orElseThrow();
    int wanted = waiting.ranks(head);
    if (overtaken >= OVERTAKINGS) {
      if (wanted > free.size()) {
        return List.of();
      }
      overtaken = 0;
      List<Admitted> admitted = new ArrayList<>();
      admitted.add(new Admitted(waiting.take(wanted), free.lend(wanted)));
      if (pools > 1) {
        admitted.addAll(best(waiting, free, pools - 1));
      }
      return admitted;
    }
    List<Admitted> admitted = best(waiting, free, pools);
    boolean headStarts = admitted.stream().anyMatch(a -> a.waiting().equals(head));
    overtaken = headStarts ? 0 : overtaken + admitted.size();
    return admitted;
  }

  private static List<Admitted> best(Startable waiting, Communicator free, int pools) {
    List<Admitted> admitted = new ArrayList<>();
    for (Packing.Size pick : Packing.best(free.size(), pools, waiting.sizes())) {
      for (int i = 0; i < pick.count(); i++) {
        admitted.add(new Admitted(waiting.take(pick.ranks()), free.lend(pick.ranks())));
      }
    }
    return admitted;
  }
}
