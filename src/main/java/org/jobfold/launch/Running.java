package org.jobfold.launch;

import org.jobfold.spi.Force;

/**
 * A process that was started, with all its descendants. Thread-safe.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>never signal a process that is not one of its own: a process id that was reaped is not
 *       signalled again;
 *   <li>end every descendant that is left when the process itself has ended: first asked, then,
 *       after a short grace, forced, also those that left its session or process group.
 * </ul>
 */
public interface Running {
  /** The process id; also the id of its session and process group where the launcher makes them. */
  long pid();

  /**
   * Waits until the process has ended and been reaped, and every descendant that can be found is
   * gone. Called once, by one thread, which is not interrupted.
   *
   * @throws IllegalStateException if other code of this JVM took the process's exit code
   */
  Exit waitFor();

  /**
   * Asks, or forces, the process and all its descendants to end. Returns at once; does nothing if
   * it has ended.
   */
  void end(Force force);

  /**
   * Sends a signal to the process and those of its process group, to tell them something. Does
   * nothing if it has ended.
   *
   * @param signal its number
   */
  void signal(int signal);
}
