package org.jobfold.backend.mpj;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Cause.Prospect;

/** Calls that were given up and go on: their folders are not run beside them. */
final class Runaways {
  private final Map<Long, Runaway> runaways = new TreeMap<>();

  private record Runaway(FolderName folder, Set<Integer> ranks) {}

  /** A call goes on in these ranks. */
  void add(MpiTrial trial, Collection<Integer> ranks) {
    runaways.put(trial.number(), new Runaway(trial.order().folder().name(), new HashSet<>(ranks)));
  }

  /** A rank's part of a call has ended after all; nothing if it was not given up. */
  void ended(long call, int rank) {
    Runaway runaway = runaways.get(call);
    if (runaway != null) {
      runaway.ranks().remove(rank);
      if (runaway.ranks().isEmpty()) {
        runaways.remove(call);
      }
    }
  }

  /** Why a folder can not run, if a call of it goes on. */
  Optional<Cause> obstacle(FolderName folder) {
    return runaways.values().stream()
        .filter(runaway -> runaway.folder().equals(folder))
        .findFirst()
        .map(
            runaway ->
                new Cause.LaunchError(
                    "an earlier call of this folder still runs in "
                        + RankNumbers.of(runaway.ranks())
                        + " and can not be ended: let its loops ask 'isEnding()', and resume the"
                        + " run",
                    Prospect.LASTING));
  }
}
