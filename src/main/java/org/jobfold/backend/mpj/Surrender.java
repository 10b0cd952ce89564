package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jobfold.backend.mpj.Message.End;
import org.jobfold.backend.mpj.Message.Interrupt;
import org.jobfold.trial.Cause;

/**
 * Asks the ranks of a call to end, and gives up those that do not, or that are lost.
 *
 * <p>A rank that is given up is told as lost, and gets no more calls. Where it is a JVM of its own,
 * that is ended, and the end is told when it is gone. Where it is not, its thread goes on; then the
 * folder is not run again while it does, since a folder must never run twice at a time.
 */
final class Surrender {
  private final OpenCalls calls;
  private final RankLinks links;
  private final CallDesk desk;
  private final Patience patience;
  private final CallEnds ends;
  private final LostRanks lost;
  private final LostHosts losses;
  private final Runaways runaways;

  Surrender(
      OpenCalls calls,
      RankLinks links,
      CallDesk desk,
      Patience patience,
      CallEnds ends,
      LostRanks lost,
      LostHosts losses,
      Runaways runaways) {
    this.calls = calls;
    this.links = links;
    this.desk = desk;
    this.patience = patience;
    this.ends = ends;
    this.lost = lost;
    this.losses = losses;
    this.runaways = runaways;
  }

  /** Asks a call to end. */
  void interrupt(MpiTrial trial) {
    if (trial.interrupt()) {
      trial.working().forEach(rank -> links.send(rank, new Interrupt(trial.number())));
    }
  }

  /** Asks a call to end, and does not wait long until it has. */
  void force(MpiTrial trial) {
    interrupt(trial);
    later(patience.forced(), trial, "it did not end when it was forced to");
  }

  /** Asks a call to end of which a rank has failed. */
  void oneHasFailed(MpiTrial trial) {
    interrupt(trial);
    later(
        patience.ending(),
        trial,
        "it did not end after another rank of '" + trial.order().folder().name() + "' had failed");
  }

  /** A call that has just begun is given up if its ranks do not get ready. */
  void watch(MpiTrial trial) {
    desk.after(
        patience.ready(),
        () -> {
          if (!trial.isReady()) {
            giveUp(trial, "it could not be joined with the others in a communicator");
          }
        });
  }

  /** A rank is gone. */
  void rankLost(int rank, String reason) {
    if (!lost.add(rank)) {
      return;
    }
    boolean had = false;
    for (MpiTrial trial : calls.all()) {
      if (trial.isIn(rank)) {
        had = true;
        trial.fail(new Cause.NodeLost("rank " + rank + ": " + reason));
        trial.giveUp(rank);
        interrupt(trial);
        later(patience.ending(), trial, "it did not end after rank " + rank + " was lost");
        goOnWith(trial, Set.of(rank), reason);
      }
    }
    if (!had) {
      losses.lost(Set.of(rank), reason);
    }
  }

  /** The host of a rank is of no more use, so the rank ends, too. */
  void endWithHost(int rank, String reason) {
    endOf(rank);
    // A rank that has a call is waited for: it says that it has ended, or its lease runs out.
    if (calls.all().stream().noneMatch(trial -> trial.isIn(rank))) {
      rankLost(rank, reason);
    }
  }

  /** Nobody asks for the calls any more: ranks that are at work and can be ended are. */
  void endAll() {
    calls.all().forEach(trial -> trial.working().forEach(this::endOf));
  }

  private void endOf(int rank) {
    if (links.expendable().contains(rank)) {
      links.send(rank, new End());
    }
  }

  private void later(Duration wait, MpiTrial trial, String reason) {
    desk.after(wait, () -> giveUp(trial, reason));
  }

  /** Gives up the ranks that have not ended their parts. */
  private void giveUp(MpiTrial trial, String reason) {
    if (!calls.isOpen(trial)) {
      return;
    }
    if (trial.isJudging()) {
      trial.fail(new Cause.SuccessCheck("the files of the call are still being looked at"));
      abandon(trial, List.of(trial.ranks().get(0)), reason);
      return;
    }
    trial.fail(new Cause.NodeLost(RankNumbers.of(trial.working()) + " is given up: " + reason));
    abandon(trial, trial.working(), reason);
  }

  private void abandon(MpiTrial trial, List<Integer> ranks, String reason) {
    List<Integer> endable = ranks.stream().filter(links.expendable()::contains).toList();
    // Their end is heard of as that of the way to them; then the call goes on.
    endable.forEach(rank -> links.send(rank, new End()));
    Set<Integer> others = new LinkedHashSet<>(ranks);
    others.removeAll(endable);
    if (!others.isEmpty()) {
      runaways.add(trial, others);
      others.forEach(trial::giveUp);
      lost.addAll(others);
      goOnWith(trial, others, reason);
    }
  }

  /** Ends a call that nobody works on; then, of these ranks, tells that they are lost. */
  private void goOnWith(MpiTrial trial, Collection<Integer> ranks, String reason) {
    ends.goOn(trial);
    if (calls.isOpen(trial)) {
      trial.afterwards(() -> losses.lost(ranks, reason));
    } else {
      losses.lost(ranks, reason);
    }
  }
}
