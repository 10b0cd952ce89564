package org.jobfold.spi;

import java.time.Duration;
import org.jobfold.trial.Cause;

/** What becomes of a folder that has ended. */
public sealed interface Verdict {
  /** It ended as it did. */
  record Accept() implements Verdict {}

  /**
   * It waits once more, behind its equals.
   *
   * @param delay how long it waits at least
   */
  record Requeue(Duration delay) implements Verdict {}

  /**
   * It has failed, whatever its process says.
   *
   * @param cause why
   */
  record Fail(Cause cause) implements Verdict {}
}
