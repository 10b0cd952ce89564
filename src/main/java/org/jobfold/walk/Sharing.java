package org.jobfold.walk;

import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jobfold.comm.Claim;
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
   * Free ranks are split into about equal parts, one for each folder that may start; which ranks,
   * threads and GPUs folders ask for is not looked at.
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
   * @param ranks how many processes of a folder there are to be, at least 1
   * @param coresPerRank how many cores a rank has, at least 1: a process with more threads takes up
   *     several ranks
   */
  record PerFolder(int nbpools, ToIntFunction<JobFolder> ranks, int coresPerRank)
      implements Sharing {
    /** Refuses less than one pool, and less than one core. */
    public PerFolder {
      check(nbpools);
      checkCores(coresPerRank);
    }

    /** Of ranks that have a core each. */
    public PerFolder(int nbpools, ToIntFunction<JobFolder> ranks) {
      this(nbpools, ranks, 1);
    }

    /** What a folder claims. */
    Claim claim(JobFolder folder) {
      int each = each(folder, coresPerRank);
      if (each == 1 && folder.settings().gpus() == 0) {
        return Claim.of(ranks.applyAsInt(folder));
      }
      int processes = Math.min(ranks.applyAsInt(folder), Integer.MAX_VALUE / each);
      return new Claim(processes * each, each, folder.settings().gpus());
    }

    @Override
    public Sharing narrowed(int width) {
      return ranks instanceof AskedOrShare each
          ? new PerFolder(nbpools, each.narrowed(nbpools, width), coresPerRank)
          : this;
    }
  }

  /**
   * Equal shares where no folder asks for ranks, threads or GPUs; else each gets what it asks for,
   * and those that do not ask for ranks get a share of a fixed size.
   *
   * @param nbpools at least 1
   * @param share the ranks of a folder that does not ask beside one that does, at least 1
   * @param coresPerRank how many cores a rank has, at least 1
   */
  record AsAsked(int nbpools, int share, int coresPerRank) implements Sharing {
    /** Of ranks that have a core each. */
    public AsAsked(int nbpools, int share) {
      this(nbpools, share, 1);
    }

    /** Refuses less than one pool, rank or core. */
    public AsAsked {
      check(nbpools);
      checkCores(coresPerRank);
      if (share < 1) {
        throw new IllegalArgumentException("a share has " + share + " ranks: at least 1");
      }
    }

    @Override
    public Sharing among(Stream<JobFolder> folders) {
      return folders.anyMatch(AsAsked::asks)
          ? new PerFolder(nbpools, new AskedOrShare(share, coresPerRank), coresPerRank)
          : new Equal(nbpools);
    }

    @Override
    public Sharing narrowed(int width) {
      AskedOrShare narrowed = new AskedOrShare(share, coresPerRank).narrowed(nbpools, width);
      return new AsAsked(nbpools, narrowed.share(), coresPerRank);
    }

    private static boolean asks(JobFolder folder) {
      Settings settings = folder.settings();
      return settings.ranks().isPresent()
          || settings.threads().isPresent()
          || settings.gpus() > 0
          || settings.retry().mostRanks().isPresent();
    }
  }

  /**
   * The processes that a folder asks for, or as many as fit in the share of those that do not ask.
   *
   * @param share how many ranks, at least 1
   * @param coresPerRank how many cores a rank has, at least 1
   */
  record AskedOrShare(int share, int coresPerRank) implements ToIntFunction<JobFolder> {
    /** An equal share of so many ranks, if that is less. */
    AskedOrShare narrowed(int nbpools, int width) {
      return new AskedOrShare(Math.min(share, Math.max(1, width / nbpools)), coresPerRank);
    }

    @Override
    public int applyAsInt(JobFolder folder) {
      return folder.settings().ranks().orElse(Math.max(1, share / each(folder, coresPerRank)));
    }
  }

  /** How many ranks each process of a folder takes up. */
  private static int each(JobFolder folder, int coresPerRank) {
    OptionalInt threads = folder.settings().threads();
    return threads.isEmpty() ? 1 : (threads.getAsInt() - 1) / coresPerRank + 1;
  }

  private static void checkCores(int coresPerRank) {
    if (coresPerRank < 1) {
      throw new IllegalArgumentException("a rank has " + coresPerRank + " cores: at least 1");
    }
  }

  private static void check(int nbpools) {
    if (nbpools < 1) {
      throw new IllegalArgumentException(
          "'nbpools' is " + nbpools + ": at least 1 folder must be able to run");
    }
  }
}
