package org.jobfold.walk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.comm.Capacity;
import org.jobfold.comm.Claim;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/**
 * How many ranks and GPUs are free on each host.
 *
 * @param free each host with its free ranks; those with none may be left out
 * @param gpus each host with its free GPUs; those with none may be left out
 * @param widestHost the most ranks that any host has, free or not
 */
record Room(Map<Host, Integer> free, Map<Host, Integer> gpus, int widestHost) {
  /** The ranks and GPUs of a placement, which are all that there are. */
  static Room of(Placement all) {
    int widest = all.shares().stream().mapToInt(share -> share.ranks().size()).max().orElse(0);
    return new Room(Map.of(), Map.of(), widest).plus(all);
  }

  /** What is free. */
  static Room of(Communicator free, int widestHost) {
    Room ranks = new Room(Map.of(), Map.of(), widestHost).plus(free.placement());
    return new Room(ranks.free, free.gpus(), widestHost);
  }

  /** How many ranks there are. */
  int size() {
    return free.values().stream().mapToInt(each -> each).sum();
  }

  /** The most GPUs on one host. */
  int mostGpus() {
    return gpus.values().stream().mapToInt(each -> each).max().orElse(0);
  }

  /** Whether a trial could have its ranks and GPUs. */
  boolean fits(Need need) {
    Claim claim = need.claim();
    Capacity capacity = Capacity.NONE;
    for (Map.Entry<Host, Integer> host : free.entrySet()) {
      capacity = capacity.and(claim.usable(host.getValue(), gpus.getOrDefault(host.getKey(), 0)));
    }
    return need.fits(capacity, widestHost);
  }

  /** With what comes back. */
  Room plus(Placement placement) {
    return withGpus(placement, 1).withRanks(placement, 1);
  }

  /** Without what is given away. */
  Room minus(Placement placement) {
    return withGpus(placement, -1).withRanks(placement, -1);
  }

  /** With the GPUs of these, but not their ranks. */
  Room plusGpus(List<Placement> placements) {
    Room room = this;
    for (Placement each : placements) {
      room = room.withGpus(each, 1);
    }
    return room;
  }

  private Room withRanks(Placement placement, int sign) {
    Map<Host, Integer> sum = new LinkedHashMap<>(free);
    placement.shares().forEach(s -> sum.merge(s.host(), sign * s.ranks().size(), Integer::sum));
    return new Room(sum, gpus, widestHost);
  }

  private Room withGpus(Placement placement, int sign) {
    if (placement.mostGpus() == 0) {
      return this;
    }
    Map<Host, Integer> sum = new LinkedHashMap<>(gpus);
    placement.shares().forEach(s -> sum.merge(s.host(), sign * s.gpus().size(), Integer::sum));
    return new Room(free, sum, widestHost);
  }
}
