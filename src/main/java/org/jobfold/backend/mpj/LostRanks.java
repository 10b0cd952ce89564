package org.jobfold.backend.mpj;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.trial.Cause;

/** The ranks that get no more calls, and what that means for those that are left. */
final class LostRanks {
  private final RankLinks links;
  private final Set<Integer> lost = new HashSet<>();
  private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ended = new HashSet<>();
  private boolean spoilt;

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

  /** Notes that the way to a rank is broken, or it is lost; whether that is news of other ranks. */
  boolean fails(int rank) {
    boolean news = links.expendable().contains(rank) && failing.add(rank);
    spoilt |= news && !ended.contains(rank);
    return news;
  }

  /** Notes that a rank is ended on purpose. */
  void end(int rank) {
    ended.add(rank);
  }

  /** Notes that what ranks throw may come of a loss. */
  void spoil() {
    spoilt = true;
  }

  /** Whether a rank has died that was not ended on purpose: what calls throw may come of that. */
  boolean isSpoilt() {
    return spoilt;
  }

  /** Whether ranks can not speak to one another any more. Thread-safe. */
  boolean areBereft() {
    return !failing.isEmpty();
  }

  /** Those whose end has spoilt the messages of others, in words. */
  RankNumbers failed() {
    return RankNumbers.of(failing);
  }

  /** Whether messages of a call can be spoilt: not those of one rank, nor those within a JVM. */
  boolean canSpoil(MpiTrial trial) {
    return trial.ranks().size() > 1 && !links.expendable().isEmpty();
  }

  /** Why no call can be made in these ranks, if none can. */
  Optional<Cause> obstacle(List<Integer> ranks) {
    List<Integer> gone = ranks.stream().filter(lost::contains).toList();
    if (!gone.isEmpty()) {
      return Optional.of(
          new Cause.NodeLost(RankNumbers.of(gone) + " of this folder was lost before"));
    }
    if (ranks.size() > 1 && areBereft()) {
      // Its thread that receives ends for good when it finds a connection reset.
      return Optional.of(
          new Cause.Interrupted(
              "its ranks can not speak to one another any more, since MPJ Express does not survive"
                  + " the loss of a rank: 'resume' in a new world goes on with it"));
    }
    return Optional.empty();
  }
}
