package org.jobfold.folder;

/** How a predecessor must have ended for its successor to be run. */
public enum After {
  /** It succeeded. Otherwise the successor is blocked. */
  SUCCESS,
  /** It ended, whatever came of it. */
  ANY
}
