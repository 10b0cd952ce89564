package org.jobfold.process;

/** A process was started while it runs. */
public final class AlreadyStarted extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  AlreadyStarted() {
    super("the process runs already: wait for it, or make another one");
  }
}
