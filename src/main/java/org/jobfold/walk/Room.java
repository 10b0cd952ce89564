package org.jobfold.walk;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/**
 * How many ranks are free on each host.
 *
 * @param free each host with its free ranks; those with none may be left out
 * @param widestHost the most ranks that any host has, free or not
 */
record Room(Map<Host, Integer> free, int widestHost) {
  /** The ranks of a placement. */
  static Room of(Placement placement, int widestHost) {
    return new Room(Map.of(), widestHost).plus(placement);
  }

  /** Whether a trial could have its ranks. */
  boolean fits(Need need) {
    return need.fits(
        free.values().stream().mapToInt(each -> each).sum(),
        free.values().stream().mapToInt(each -> each).max().orElse(0),
        widestHost);
  }

  /** With ranks that come back. */
  Room plus(Placement placement) {
    return with(placement, 1);
  }

  /** Without ranks that are given away. */
  Room minus(Placement placement) {
    return with(placement, -1);
  }

  private Room with(Placement placement, int sign) {
    Map<Host, Integer> sum = new LinkedHashMap<>(free);
    placement.shares().forEach(s -> sum.merge(s.host(), sign * s.ranks().size(), Integer::sum));
    return new Room(sum, widestHost);
  }
}
