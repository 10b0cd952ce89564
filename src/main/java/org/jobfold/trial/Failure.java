package org.jobfold.trial;

import java.util.List;
import org.jobfold.comm.Host;

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
 * @param hosts where its last trial ran; none where it did not, or that is not recorded
 */
public record Failure(
    Cause cause,
    int trials,
    Usage usage,
    String stdout,
    String stderr,
    String tailOf,
    List<String> tail,
    List<Host> hosts) {
  /** Copies the lists. */
  public Failure {
    tail = List.copyOf(tail);
    hosts = List.copyOf(hosts);
  }

  /** One of a trial of which it is not known where it ran. */
  public Failure(
      Cause cause,
      int trials,
      Usage usage,
      String stdout,
      String stderr,
      String tailOf,
      List<String> tail) {
    this(cause, trials, usage, stdout, stderr, tailOf, tail, List.of());
  }

  /** The same with the last lines of a file. */
  public Failure withTail(String file, List<String> lines) {
    return new Failure(cause, trials, usage, stdout, stderr, file, lines, hosts);
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
