package org.jobfold.launch;

import java.io.IOException;

/**
 * Starts processes on this host. Thread-safe: several may be started at the same time.
 *
 * <p>An implementation MUST
 *
 * <ul>
 *   <li>start each process in a session of its own, with its standard streams opened by the system,
 *       no signal ignored or blocked, and no other open file;
 *   <li>refuse with {@link java.nio.file.FileAlreadyExistsException} if stdout or stderr exists,
 *       and never truncate, append to or replace a file;
 *   <li>refuse with an {@link IOException} that names the program, the reason and what to do, if it
 *       can not be started;
 *   <li>run a script that has no {@code #!} line with {@code /bin/sh}, as a shell would;
 *   <li>see to it that the processes end if this JVM is killed;
 *   <li>set {@code JOBFOLD_RUN} in each process to a value that no other launcher has, and {@code
 *       JOBFOLD_PROCESS} to one that no other process has, by which its descendants can be told;
 *   <li>leave alone what this JVM starts by other means;
 *   <li>leave no output file of a process that was refused.
 * </ul>
 *
 * <p>Made by {@link Launchers}.
 */
public interface Launcher extends AutoCloseable {
  /** Starts a process. */
  Running start(ProcessSpec spec) throws IOException;

  /**
   * Ends by force what still runs, waits for it, and lets go of what the launcher holds. What does
   * not even end by force is left behind after a time, with a warning.
   */
  @Override
  void close();
}
