package org.jobfold.walk;

import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.FinalState;

/**
 * What earlier runs have come to, for a walk that goes on from there.
 *
 * @param state what the account of the last run adds up to; read when the walk is made, and not
 *     after
 * @param failed what becomes of folders that had failed for good
 * @param forced whether a folder runs again although it has a final state
 */
public record Past(RunState state, Failed failed, Predicate<FolderName> forced) {
  /** What becomes of folders that had failed for good. */
  public enum Failed {
    /** They stay failed. */
    STAY,
    /** They have all their trials once more. */
    RETRY
  }

  /** Where no folder is forced. */
  public Past(RunState state, Failed failed) {
    this(state, failed, folder -> false);
  }

  /** No run before. */
  public static Past none() {
    return new Past(new RunState(), Failed.STAY);
  }

  /** Whether a folder has its final state already, so that a run does not start it. */
  public boolean isDone(JobFolder folder) {
    return ending(folder).isPresent();
  }

  /** The final state that a folder has already, if it has one. */
  Optional<FinalState> ending(JobFolder folder) {
    FolderState before = state.of(folder.name());
    if (forced.test(folder.name())) {
      return Optional.empty();
    }
    if (before instanceof FolderState.Succeeded) {
      return Optional.of(new FinalState(before.trials(), Optional.empty()));
    }
    if (before instanceof FolderState.Skipped skipped) {
      return Optional.of(FinalState.skipped(skipped.reason()));
    }
    return before instanceof FolderState.Failed wrong
            && failed == Failed.STAY
            && !wrong.failure().blocked()
        ? Optional.of(new FinalState(before.trials(), Optional.of(wrong.failure())))
        : Optional.empty();
  }

  /** How a folder waits that has no final state. Delays are over. */
  Waiting waiting(JobFolder folder, RetryRule retry) {
    FolderState before = state.of(folder.name());
    if (before instanceof FolderState.Open open) {
      int last = folder.functional().asSteps().size() - 1;
      return Waiting.resumed(
          folder,
          open.trials() + 1,
          Math.min(open.step(), last),
          retry.history(folder, open.trials(), open.causes()));
    }
    return Waiting.resumed(folder, before.trials() + 1, 0, History.NONE);
  }
}
