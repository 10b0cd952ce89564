package org.jobfold.crash;

import com.fasterxml.jackson.databind.JsonNode;
import org.jobfold.journal.FolderState;
import org.jobfold.trial.Cause;

/**
 * How a folder must end.
 *
 * @param kind {@code succeeded}, or the kind of the cause
 * @param number the exit code or the signal; 0 for other causes
 * @param trials how many trials it has that count
 */
record Expected(String kind, int number, int trials) {
  private static final String SUCCEEDED = "succeeded";

  static Expected success(int trials) {
    return new Expected(SUCCEEDED, 0, trials);
  }

  static Expected failure(String kind, int number, int trials) {
    return new Expected(kind, number, trials);
  }

  /** How a folder has ended, by its journal. */
  static Expected of(FolderState state) {
    if (state instanceof FolderState.Succeeded success) {
      return success(success.trials());
    }
    if (state instanceof FolderState.Failed failed) {
      Cause cause = failed.failure().cause();
      return failure(cause.kind(), number(cause), failed.trials());
    }
    return failure("none", 0, state.trials());
  }

  /** How a folder has ended, by its entry in the errors map. */
  static Expected of(JsonNode error) {
    return failure(
        error.get("cause").asText(),
        error.path("code").asInt() + error.path("signal").asInt(),
        error.get("trials").asInt());
  }

  private static int number(Cause cause) {
    if (cause instanceof Cause.ExitCode exit) {
      return exit.code();
    }
    return cause instanceof Cause.Signal signal ? signal.number() : 0;
  }

  boolean isSuccess() {
    return kind.equals(SUCCEEDED);
  }
}
