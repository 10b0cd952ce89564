package org.jobfold.spi;

import java.util.List;
import org.jobfold.comm.Host;

/**
 * Ranks of a run are gone, and do not come back.
 *
 * @param host the host that they were on
 * @param ranks their numbers in the allocation, ascending, at least one
 * @param reason how that was noticed, for people
 * @param again how many folders that ran on them run again
 * @param onHost how many ranks the run has left on that host
 * @param left how many ranks the run has left
 */
public record Loss(Host host, List<Integer> ranks, String reason, int again, int onHost, int left) {
  /** Copies the list. */
  public Loss {
    ranks = List.copyOf(ranks);
  }
}
