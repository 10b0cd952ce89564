package org.jobfold.comm;

/** A number of ranks was asked for that is not there. */
public final class MpiSizeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says who asked for how many, how many there are, and what to do. */
  public MpiSizeException(String message) {
    super(message);
  }
}
