package org.jobfold.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** One line of the account of a run. */
public sealed interface Entry {
  /** When it was written, by the wall clock. */
  Instant at();

  /**
   * A run begins.
   *
   * @param at when
   * @param host the machine that leads it
   * @param pid its process there
   * @param ranks how many ranks it has
   * @param folders how many folders it is to run
   * @param epoch which journal of the tree this is, from 1 on
   * @param id names the run, on whatever machine; empty where nobody gave it a name
   * @param hosts how many hosts its ranks are on
   */
  record RunStarted(
      Instant at, String host, long pid, int ranks, int folders, int epoch, String id, int hosts)
      implements Entry {
    /** One with all its ranks on one host. */
    public RunStarted(
        Instant at, String host, long pid, int ranks, int folders, int epoch, String id) {
      this(at, host, pid, ranks, folders, epoch, id, 1);
    }
  }

  /**
   * A process is about to be started.
   *
   * @param at when
   * @param id which
   * @param placement on which ranks
   * @param slot in which slot
   */
  record TrialOrdered(Instant at, TrialId id, Placement placement, int slot) implements Entry {}

  /**
   * A process was started.
   *
   * @param at when
   * @param id which
   * @param pid its process id
   */
  record TrialStarted(Instant at, TrialId id, long pid) implements Entry {}

  /**
   * A process has ended, and nothing of it is left.
   *
   * @param at when
   * @param id which
   * @param outcome how
   * @param usage what it used
   * @param stdout the file of its standard output, relative to the folder
   * @param stderr the file of its standard error, relative to the folder
   */
  record TrialEnded(
      Instant at, TrialId id, Outcome outcome, Usage usage, String stdout, String stderr)
      implements Entry {}

  /**
   * A folder has reached its final state.
   *
   * @param at when
   * @param folder which
   * @param state its state
   */
  record FolderSettled(Instant at, FolderName folder, FinalState state) implements Entry {}

  /**
   * Why a trial of a folder failed that is not in its final state: what an earlier account adds up
   * to.
   *
   * @param at when
   * @param folder which
   * @param trial its trial, counted from 1 among those that count
   * @param cause why it failed
   */
  record TrialFailed(Instant at, FolderName folder, int trial, Cause cause) implements Entry {}

  /**
   * How far a folder has come that is not in its final state: what an earlier account adds up to.
   *
   * @param at when
   * @param folder which
   * @param trials how many trials it has had that count
   * @param step the step it goes on with, counted from 0; those before have succeeded
   * @param forgiven how many of these trials, the first ones, count for no budget any more: it has
   *     all its trials once more from there on
   */
  record FolderReached(Instant at, FolderName folder, int trials, int step, int forgiven)
      implements Entry {
    /** Refuses to forgive more than there is. */
    public FolderReached {
      if (forgiven < 0 || forgiven > trials) {
        throw new IllegalArgumentException(
            "'forgiven' is " + forgiven + " of " + trials + " trials");
      }
    }

    /** One of which nothing is forgiven. */
    public FolderReached(Instant at, FolderName folder, int trials, int step) {
      this(at, folder, trials, step, 0);
    }

    /** One that has all its trials once more, whatever became of those before. */
    public static FolderReached anew(Instant at, FolderName folder, int trials) {
      return new FolderReached(at, folder, trials, 0, trials);
    }
  }

  /**
   * Ranks are gone, and do not come back in this run.
   *
   * @param at when
   * @param host the host that they were on
   * @param ranks their numbers in the allocation
   * @param reason how that was noticed, for people
   */
  record RanksLost(Instant at, Host host, List<Integer> ranks, String reason) implements Entry {
    /** Copies the list. */
    public RanksLost {
      ranks = List.copyOf(ranks);
    }
  }

  /**
   * Nothing is started on a host for a while, since folders have failed on it.
   *
   * @param at when
   * @param host which
   * @param reason why, for people
   * @param pardoned failures that cost their folders no trial: for each folder the numbers of its
   *     trials
   */
  record HostWithheld(
      Instant at, Host host, String reason, SortedMap<FolderName, List<Integer>> pardoned)
      implements Entry {
    /** Copies the map. */
    public HostWithheld {
      pardoned = new TreeMap<>(pardoned);
    }
  }

  /**
   * Folders are started again on a host.
   *
   * @param at when
   * @param host which
   */
  record HostBack(Instant at, Host host) implements Entry {}

  /**
   * The run counts folders no more: an update of the tree has dropped them. What is known of them
   * holds all the same.
   *
   * @param at when
   * @param folders which: such as had succeeded, or waited
   */
  record FoldersDropped(Instant at, List<FolderName> folders) implements Entry {
    private static final int MOST = 1000;

    /** Copies the list. */
    public FoldersDropped {
      folders = List.copyOf(folders);
    }

    /** Entries of a bearable length for any number of folders; none for none. */
    public static List<Entry> of(Instant at, List<FolderName> folders) {
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < folders.size(); i += MOST) {
        entries.add(new FoldersDropped(at, folders.subList(i, Math.min(folders.size(), i + MOST))));
      }
      return entries;
    }
  }

  /**
   * How many folders are to run, after the tree was read again; and at the end of what an earlier
   * account adds up to.
   *
   * @param at when
   * @param left how many folders have no final state
   */
  record FoldersLeft(Instant at, int left) implements Entry {}

  /**
   * The run has ended; it may be that folders are left.
   *
   * @param at when
   * @param left how many folders have no final state
   */
  record RunEnded(Instant at, int left) implements Entry {}
}
