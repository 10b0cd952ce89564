package org.jobfold.walk;

/** How a run stops before all is done. Each is stronger than the one before. */
public enum Stop {
  /** Start nothing new, let trials end. */
  DRAIN,
  /** Also ask the running trials to end, and force them after the grace. */
  TERMINATE,
  /** Also force the running trials to end, at once. */
  KILL
}
