package org.jobfold.folder;

/** When in a run it is a folder's turn. */
public enum Phase {
  /** As soon as its predecessors have ended. */
  MAIN,
  /** At the end, when no folder of the main phase is left, whatever came of them. */
  FINALLY
}
