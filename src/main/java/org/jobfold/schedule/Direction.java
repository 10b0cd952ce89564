package org.jobfold.schedule;

/** A way along the edges of a graph. */
public enum Direction {
  /** To what must be done before. */
  PREDECESSORS,
  /** To what can be done only after. */
  SUCCESSORS
}
