package org.jobfold.folder;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The input was refused before anything was started. Carries every problem that was found, not the
 * first alone.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Refuses for these reasons.
   *
   * @param problems at least one
   */
  public RefusedException(List<Problem> problems) {
    super(problems.stream().sorted().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** All that was found, in order of place. */
  public List<Problem> problems() {
    return problems;
  }
}
