package org.jobfold.backend.mpj.start;

import java.util.List;

/**
 * The ranks of one host.
 *
 * @param host its name, as people wrote it
 * @param ranks their numbers, in order; may be none
 */
record HostRanks(String host, List<Integer> ranks) {
  HostRanks {
    ranks = List.copyOf(ranks);
  }

  @Override
  public String toString() {
    return "'" + host + "'";
  }
}
