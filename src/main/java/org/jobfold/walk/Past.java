package org.jobfold.walk;

import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.FinalState;

/**
 * What earlier runs have come to, for a walk that goes on from there.
 *
 * @param state what the account of the last run adds up to; read when the walk is made, and not
 *     after. What has failed in it stays failed: {@link RunState#takeUpAgain} is for the others
 * @param forced whether a folder runs again although it has a final state
 */
public record Past(RunState state, Predicate<FolderName> forced) {
  /** What becomes of folders that had failed for good. */
  public enum Failed {
    /** They stay failed. */
    STAY,
    /** They have all their trials once more. */
    RETRY
  }

  /** Where no folder is forced. */
  public Past(RunState state) {
    this(state, folder -> false);
  }

  /** No run before. */
  public static Past none() {
    return new Past(new RunState());
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
    return before instanceof FolderState.Failed wrong && !wrong.failure().blocked()
        ? Optional.of(new FinalState(before.trials(), Optional.of(wrong.failure())))
        : Optional.empty();
  }

  /** How a folder waits that has no final state. Delays are over. */
  Waiting waiting(JobFolder folder, RetryRule retry) {
    FolderState before = state.of(folder.name());
    if (before instanceof FolderState.Open open) {
      return Waiting.resumed(folder, open, retry.history(folder, open.unforgiven(), open.causes()));
    }
    return Waiting.anew(folder, before.trials());
  }
}
