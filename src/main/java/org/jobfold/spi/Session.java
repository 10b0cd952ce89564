package org.jobfold.spi;

import org.jobfold.trial.TrialId;

/**
 * Starts and ends processes on the ranks of a back end, for one run.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>return from {@link #launch}, {@link #end} and {@link #signal} at once, whatever the process
 *       or the file system does;
 *   <li>post, for each order, at most one {@link SessionEvent.Started} and then exactly one {@link
 *       SessionEvent.Ended}, also when the process could not be started;
 *   <li>post {@code Ended} only when the process and every descendant of it that can be found are
 *       gone, so that its ranks can be given to another;
 *   <li>end every descendant, also one that left the process group, when the process itself has
 *       ended;
 *   <li>report a failure as an outcome, never as an exception;
 *   <li>never overwrite the output of an earlier trial;
 *   <li>take {@link #end} and {@link #signal} for a process that has ended, or that it never heard
 *       of, as done.
 * </ul>
 *
 * <p>It is called by one thread only. It never decides what runs next, and never retries.
 */
public interface Session extends AutoCloseable {
  /** Starts a process. */
  void launch(Order order);

  /** Asks a process and all its descendants to end. */
  void end(TrialId id, Force force);

  /**
   * Sends a signal to a process and to those it started, save for those that made themselves
   * independent: to tell them something, not to end them. One that has not started yet gets none.
   *
   * @param signal its number
   */
  void signal(TrialId id, int signal);

  /**
   * Ends, by force, all that still runs, and waits until it is gone. No event is posted after it
   * returned.
   */
  @Override
  void close();
}
