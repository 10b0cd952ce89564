package org.jobfold.trial;

import java.util.Optional;

/**
 * The state that a folder ends in, once.
 *
 * @param trials how many trials it had
 * @param failure why it did not succeed; absent if it did
 */
public record FinalState(int trials, Optional<Failure> failure) {
  /** Whether the folder succeeded. */
  public boolean succeeded() {
    return failure.isEmpty();
  }

  /** The state in one word, for machines; never changes. */
  public String word() {
    return failure.map(f -> f.interrupted() ? "interrupted" : "failed").orElse("succeeded");
  }
}
