package org.jobfold.walk;

/** Why folders are not started for a while. */
public enum Hold {
  /** What is decided can not be written down. */
  JOURNAL,
  /** Folders have no room for their files. */
  ROOM
}
