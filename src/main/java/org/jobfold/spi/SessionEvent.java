package org.jobfold.spi;

import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/** What a session says of the processes it was asked to start, and of its ranks. */
public sealed interface SessionEvent {
  /** What is said of one process. */
  sealed interface OfProcess extends SessionEvent {
    /** Which process it is about. */
    TrialId id();
  }

  /**
   * The process runs.
   *
   * @param id which one
   * @param pid its process id on its host, or 0 where there is none
   */
  record Started(TrialId id, long pid) implements OfProcess {}

  /**
   * The process and all its descendants are gone, or it could not be started. The last event of a
   * process.
   *
   * @param id which one
   * @param outcome how it ended, judged by its success check
   * @param usage what it used
   * @param stdout the file its standard output is in, relative to the folder; empty where there is
   *     none
   * @param stderr the file its standard error is in, relative to the folder; empty where there is
   *     none
   * @param tailOf the file that the tail is from: standard error, or standard output where that is
   *     empty; empty where there is no tail
   * @param tail the last lines that it printed, for a failure; else empty
   */
  record Ended(
      TrialId id,
      Outcome outcome,
      Usage usage,
      String stdout,
      String stderr,
      String tailOf,
      List<String> tail)
      implements OfProcess {
    /** Copies the list. */
    public Ended {
      tail = List.copyOf(tail);
    }

    /** An end whose tail, if any, is from standard error. */
    public Ended(
        TrialId id, Outcome outcome, Usage usage, String stdout, String stderr, List<String> tail) {
      this(id, outcome, usage, stdout, stderr, tail.isEmpty() ? "" : stderr, tail);
    }
  }

  /**
   * Ranks are gone, and do not come back in this session: their host, or what stood for them on it,
   * is dead or can not be reached. Every order that had one of them has been told as ended before,
   * with the cause {@link org.jobfold.trial.Cause.NodeLost}.
   *
   * @param host the host that they were on
   * @param ranks their numbers in the allocation, ascending, at least one
   * @param reason how that was noticed, for people
   */
  record RanksLost(Host host, List<Integer> ranks, String reason) implements SessionEvent {
    /** Copies the list. */
    public RanksLost {
      ranks = List.copyOf(ranks);
    }
  }
}
