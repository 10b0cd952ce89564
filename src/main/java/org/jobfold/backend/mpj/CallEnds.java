package org.jobfold.backend.mpj;

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
  private final OpenCalls calls;
  private final RankLinks links;
  private final CommunicatorNumbers communicators;
  private final Consumer<SessionEvent> events;

  CallEnds(
      OpenCalls calls,
      RankLinks links,
      CommunicatorNumbers communicators,
      Consumer<SessionEvent> events) {
    this.calls = calls;
    this.links = links;
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

  private void finish(MpiTrial trial, Optional<Judged> judged) {
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
