package org.jobfold.run;

/** A run could not go on. What it had started is ended, and its ranks are given back. */
public final class BrokenOff extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenOff(Throwable why) {
    super("the run broke off: " + why.getMessage(), why);
  }
}
