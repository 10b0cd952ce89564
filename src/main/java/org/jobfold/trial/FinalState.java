package org.jobfold.trial;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state that a folder ends in, once.
 *
 * @param trials how many trials it had
 * @param failure why it did not succeed; absent if it did
 * @param skip why it need not run; absent if it ran, or could not
 */
public record FinalState(int trials, Optional<Failure> failure, Optional<String> skip) {
  /** The state of a folder that was run, or could not be. */
  public FinalState(int trials, Optional<Failure> failure) {
    this(trials, failure, Optional.empty());
  }

  /** The state of a folder that need not run, which is as good as a success. */
  public static FinalState skipped(String reason) {
    return new FinalState(0, Optional.empty(), Optional.of(reason));
  }

  /**
   * The state of a folder that does not run, or not again.
   *
   * @param trials how many trials it had
   * @param cause why
   */
  public static FinalState notRun(int trials, Cause cause) {
    Usage none = Usage.none(Instant.EPOCH);
    return new FinalState(
        trials, Optional.of(new Failure(cause, trials, none, "", "", "", List.of())));
  }

  /** Whether the folder succeeded, or need not run. */
  public boolean succeeded() {
    return failure.isEmpty();
  }

  /** The state in one word, for machines; never changes. */
  public String word() {
    return failure.map(Failure::word).orElse(skip.isPresent() ? "skipped" : "succeeded");
  }
}
