package org.jobfold.schedule;

/** A graph, or what was to be done with it, is not in order. The message says all that is wrong. */
public final class DagException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DagException(String message) {
    super(message);
  }
}
