package org.jobfold.walk;

import java.util.function.ToIntFunction;
import org.jobfold.folder.JobFolder;

/** How the ranks are shared out among folders. */
public sealed interface Sharing {
  /** How many folders run at a time at most. */
  int nbpools();

  /**
   * Free ranks are split into about equal parts, one for each folder that may start; what folders
   * ask for is not looked at.
   *
   * @param nbpools at least 1
   */
  record Equal(int nbpools) implements Sharing {
    /** Refuses less than one pool. */
    public Equal {
      check(nbpools);
    }
  }

  /**
   * Each folder gets the ranks that it asks for; the free ranks are filled as well as can be.
   *
   * @param nbpools at least 1
   * @param ranks what a folder asks for, at least 1
   */
  record PerFolder(int nbpools, ToIntFunction<JobFolder> ranks) implements Sharing {
    /** Refuses less than one pool. */
    public PerFolder {
      check(nbpools);
    }
  }

  private static void check(int nbpools) {
    if (nbpools < 1) {
      throw new IllegalArgumentException(
          "'nbpools' is " + nbpools + ": at least 1 folder must be able to run");
    }
  }
}
