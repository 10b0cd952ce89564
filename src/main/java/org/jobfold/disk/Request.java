package org.jobfold.disk;

/** What another command asks of the run that has a tree. The names are those of its file. */
public sealed interface Request {
  /** Take up the tree as it is now. */
  record Update(Old old, Failed failed) implements Request {
    /** One that leaves failures as they are. */
    public Update(Old old) {
      this(old, Failed.STAY);
    }
  }

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

  /** What an update does with folders that failed for good. */
  enum Failed {
    /** They stay failed. */
    STAY,
    /** They have all their trials once more. */
    RETRY
  }

  /** How a run is stopped. */
  enum How {
    /** What runs ends by itself. */
    DRAIN,
    /** What runs is asked to end, and forced after the grace. */
    NOW
  }
}
