package org.jobfold.backend.mpj;

import java.util.Optional;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Judgement;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Cause.Prospect;

/** Why a call has failed: from what its ranks said, and what the files show. */
final class CallFault {
  private CallFault() {}

  /**
   * The cause; empty if nothing is known to be wrong.
   *
   * @param judged what the files show, if they were asked
   */
  static Optional<Cause> of(MpiTrial trial, Optional<Judged> judged) {
    if (trial.fault().isPresent()) {
      return trial.fault();
    }
    Optional<Judgement> judgement = judged.map(Judged::judgement);
    if (judgement.equals(Optional.of(Judgement.SUCCESS))) {
      return Optional.empty();
    }
    Optional<Cause> bad = trial.firstBad().map(part -> cause(trial, part));
    if (bad.isEmpty() && judgement.equals(Optional.of(Judgement.FAILURE))) {
      String reason = judged.map(Judged::reason).orElse("");
      return Optional.of(
          new Cause.SuccessCheck(
              reason.isEmpty()
                  ? "the call ended, but its files do not show success"
                  : "the call ended, and its files: " + reason));
    }
    return bad;
  }

  private static Cause cause(MpiTrial trial, MpiTrial.Part part) {
    Done done = part.done();
    String rank = "rank " + part.rank() + " of " + trial.ranks().size();
    return switch (done.verdict()) {
      case THREW -> new Cause.Thrown("the call threw " + done.reason());
      case REFUSED -> new Cause.LaunchError(done.reason(), Prospect.LASTING);
      case NO_COMMUNICATOR -> new Cause.NodeLost(rank + ": " + done.reason());
      default -> new Cause.Interrupted("it was to end before it had started");
    };
  }
}
