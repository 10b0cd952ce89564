package org.jobfold.backend.local;

import org.jobfold.trial.Cause;

/** A process can not be started, for a cause that is known. */
public final class CannotStartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Cause cause;

  /** For this cause. */
  CannotStartException(Cause cause) {
    super(cause.text());
    this.cause = cause;
  }

  /** A launch error with this reason, which does not go away by itself. */
  static CannotStartException because(String reason) {
    return new CannotStartException(new Cause.LaunchError(reason, Cause.Prospect.LASTING));
  }

  /** Why. */
  public Cause why() {
    return cause;
  }
}
