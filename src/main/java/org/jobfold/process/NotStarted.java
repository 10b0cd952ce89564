package org.jobfold.process;

/** A process was looked at before it was started. */
public final class NotStarted extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotStarted() {
    super("the process has not been started: call 'start' first");
  }
}
