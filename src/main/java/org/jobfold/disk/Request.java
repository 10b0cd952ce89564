package org.jobfold.disk;

/** What another command asks of the run that has a tree. The names are those of its file. */
public sealed interface Request {
  /** Take up the tree as it is now. */
  record Update(Old old) implements Request {}

  /** Stop before all is done. */
  record Stop(How how) implements Request {}

  /** Something that only another version of jobfold knows. */
  record Unknown(String what) implements Request {}

  /** What an update does with what is finished, or gone. */
  enum Old {
    /** It stays. */
    KEEP,
    /** It is forgotten. */
    DELETE
  }

  /** How a run is stopped. */
  enum How {
    /** What runs ends by itself. */
    DRAIN,
    /** What runs is asked to end, and forced after the grace. */
    NOW
  }
}
