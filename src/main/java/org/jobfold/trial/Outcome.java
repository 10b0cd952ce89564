package org.jobfold.trial;

import java.util.Optional;

/** How a trial ended. A failure is a result, never an exception. */
public sealed interface Outcome {
  /** Why it failed; empty for a success. */
  Optional<Cause> cause();

  /** Whether it succeeded. */
  default boolean succeeded() {
    return cause().isEmpty();
  }

  /** The success. */
  static Outcome success() {
    return new Succeeded();
  }

  /** A failure for this cause. */
  static Outcome failed(Cause cause) {
    return new Failed(cause);
  }

  /** It did what it should. */
  record Succeeded() implements Outcome {
    @Override
    public Optional<Cause> cause() {
      return Optional.empty();
    }
  }

  /**
   * It did not.
   *
   * @param why the cause
   */
  record Failed(Cause why) implements Outcome {
    @Override
    public Optional<Cause> cause() {
      return Optional.of(why);
    }
  }
}
