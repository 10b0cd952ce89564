package org.jobfold.spi;

/** How hard a process is asked to end. */
public enum Force {
  /** Asked: SIGTERM. It may tidy up, or not listen. */
  TERMINATE,
  /** Not asked: SIGKILL. */
  KILL
}
