package org.jobfold.allocation;

import org.jobfold.folder.Problem;

/** What a batch system says does not go together, or can not be read: nothing is guessed. */
public final class UnreadableAllocation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * Refuses it.
   *
   * @param place the variable, file or option
   * @param message what is wrong, and what to do
   */
  public UnreadableAllocation(String place, String message) {
    super(place + ": " + message);
    this.problem = Problem.of(place, message);
  }

  /** For people. */
  public Problem problem() {
    return problem;
  }
}
