package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.backend.mpj.Message.Forget;
import org.jobfold.backend.mpj.Message.Judge;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;

/**
 * What comes when no rank works on a call any more: its files are asked, and its end is told, once.
 */
final class CallEnds {
  /** The ranks of a call may find that another one has died before the lead does. */
  private static final Duration SIGNS = Duration.ofSeconds(1);

  private final OpenCalls calls;
  private final RankLinks links;
  private final CallDesk desk;
  private final LostRanks lost;
  private final CommunicatorNumbers communicators;
  private final Consumer<SessionEvent> events;

  CallEnds(
      OpenCalls calls,
      RankLinks links,
      CallDesk desk,
      LostRanks lost,
      CommunicatorNumbers communicators,
      Consumer<SessionEvent> events) {
    this.calls = calls;
    this.links = links;
    this.desk = desk;
    this.lost = lost;
    this.communicators = communicators;
    this.events = events;
  }

  /** What comes next of a call: wait, ask what the files show, or end it. */
  void goOn(MpiTrial trial) {
    if (!trial.working().isEmpty()) {
      return;
    }
    if (trial.isJudgeable()) {
      trial.judge();
      links.send(trial.ranks().get(0), new Judge(trial.number()));
    } else {
      finish(trial, Optional.empty());
    }
  }

  /** The files of a call have been asked. */
  void judged(MpiTrial trial, Judged judged) {
    finish(trial, Optional.of(judged));
  }

  /** Ends a call of which nothing more will be heard. */
  void cutOff(MpiTrial trial) {
    trial.fail(new Cause.Interrupted("its ranks did not end with the run"));
    finish(trial, Optional.empty());
  }

  private void finishIfOpen(MpiTrial trial, Optional<Judged> judged) {
    if (calls.isOpen(trial)) {
      finish(trial, judged);
    }
  }

  private void finish(MpiTrial trial, Optional<Judged> judged) {
    if (trial.fault().isEmpty() && trial.hasThrown() && lost.canSpoil(trial)) {
      if (trial.waitsForSigns()) {
        desk.after(SIGNS, () -> finishIfOpen(trial, judged));
        return;
      }
      if (lost.isSpoilt()) {
        trial.fail(
            new Cause.NodeLost(
                "it threw, and messages of MPJ Express can not be relied on since "
                    + lost.failed()
                    + " was lost"));
      }
    }
    boolean isClean =
        trial.firstBad().isEmpty() && trial.givenUp().isEmpty() && trial.fault().isEmpty();
    if (!isClean) {
      communicators.forget(trial.ranks());
    }
    Optional<Cause> fault = CallFault.of(trial, judged);
    Optional<Cause> trouble = RanksOutput.write(trial);
    calls.remove(trial);
    trial.ranks().forEach(rank -> links.send(rank, new Forget(trial.number())));
    events.accept(trial.files().ended(fault.isPresent() ? fault : trouble, trial.usage()));
    trial.runAfterwards();
  }
}
