package org.jobfold.walk;

import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;

/** How the ranks are shared out among folders. */
public sealed interface Sharing {
  /** How many folders run at a time at most. */
  int nbpools();

  /** How the ranks are shared out among these folders: one that is not {@link AsAsked}. */
  default Sharing among(Stream<JobFolder> folders) {
    return this;
  }

  /** The same where only so many ranks are left. */
  default Sharing narrowed(int width) {
    return this;
  }

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

    @Override
    public Sharing narrowed(int width) {
      return ranks instanceof AskedOrShare each
          ? new PerFolder(nbpools, each.narrowed(nbpools, width))
          : this;
    }
  }

  /**
   * Equal shares where no folder asks for ranks; else each gets what it asks for, and those that do
   * not ask get a share of a fixed size.
   *
   * @param nbpools at least 1
   * @param share the ranks of a folder that does not ask beside one that does, at least 1
   */
  record AsAsked(int nbpools, int share) implements Sharing {
    /** Refuses less than one pool, and less than one rank. */
    public AsAsked {
      check(nbpools);
      if (share < 1) {
        throw new IllegalArgumentException("a share has " + share + " ranks: at least 1");
      }
    }

    @Override
    public Sharing among(Stream<JobFolder> folders) {
      return folders.anyMatch(AsAsked::asks)
          ? new PerFolder(nbpools, new AskedOrShare(share))
          : new Equal(nbpools);
    }

    @Override
    public Sharing narrowed(int width) {
      return new AsAsked(nbpools, new AskedOrShare(share).narrowed(nbpools, width).share());
    }

    private static boolean asks(JobFolder folder) {
      Settings settings = folder.settings();
      return settings.ranks().isPresent() || settings.retry().mostRanks().isPresent();
    }
  }

  /** What a folder asks for, or the share of those that do not ask. */
  record AskedOrShare(int share) implements ToIntFunction<JobFolder> {
    /** An equal share of so many ranks, if that is less. */
    AskedOrShare narrowed(int nbpools, int width) {
      return new AskedOrShare(Math.min(share, Math.max(1, width / nbpools)));
    }

    @Override
    public int applyAsInt(JobFolder folder) {
      return folder.settings().ranks().orElse(share);
    }
  }

  private static void check(int nbpools) {
    if (nbpools < 1) {
      throw new IllegalArgumentException(
          "'nbpools' is " + nbpools + ": at least 1 folder must be able to run");
    }
  }
}
