package org.jobfold.trial;

import java.util.List;

/**
 * A folder that did not succeed: one entry of the errors map.
 *
 * @param cause why its last trial failed
 * @param trials how many trials it had
 * @param usage when its last trial ran and what it used
 * @param stdout the file with the standard output of its last trial, relative to the folder; empty
 *     where there is none
 * @param stderr the file with the standard error of its last trial, relative to the folder; empty
 *     where there is none
 * @param tailOf the file that the tail is from; empty where there is no tail
 * @param tail the last lines that the trial wrote
 */
public record Failure(
    Cause cause,
    int trials,
    Usage usage,
    String stdout,
    String stderr,
    String tailOf,
    List<String> tail) {
  /** Copies the list. */
  public Failure {
    tail = List.copyOf(tail);
  }

  /** Whether it was not run because of folders upstream. */
  public boolean blocked() {
    return cause instanceof Cause.Upstream;
  }

  /** The state in one word, for machines; never changes. */
  String word() {
    return interrupted() ? "interrupted" : blocked() ? "blocked" : "failed";
  }

  /** Whether it is the run that stopped, and not the folder that failed. */
  public boolean interrupted() {
    return cause instanceof Cause.Interrupted;
  }
}
