package org.jobfold.backend.mpj;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jobfold.trial.Cause;

/** The ranks that get no more calls, and what that means for those that are left. */
final class LostRanks {
  private final RankLinks links;
  private final Set<Integer> lost = new HashSet<>();

  LostRanks(RankLinks links) {
    this.links = links;
  }

  /** Notes a rank; whether that is news. */
  boolean add(int rank) {
    return lost.add(rank);
  }

  void addAll(Collection<Integer> ranks) {
    lost.addAll(ranks);
  }

  /** Why no call can be made in these ranks, if none can. */
  Optional<Cause> obstacle(List<Integer> ranks) {
    List<Integer> gone = ranks.stream().filter(lost::contains).toList();
    if (!gone.isEmpty()) {
      return Optional.of(
          new Cause.NodeLost(RankNumbers.of(gone) + " of this folder was lost before"));
    }
    if (ranks.size() > 1 && lost.stream().anyMatch(links.expendable()::contains)) {
      // Its thread that receives ends for good when it finds a connection reset.
      return Optional.of(
          new Cause.Interrupted(
              "its ranks can not speak to one another any more, since MPJ Express does not survive"
                  + " the loss of a rank: 'resume' in a new world goes on with it"));
    }
    return Optional.empty();
  }
}
