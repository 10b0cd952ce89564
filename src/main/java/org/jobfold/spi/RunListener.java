package org.jobfold.spi;

import java.time.Duration;
import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;

/**
 * Is told what happens in a run.
 *
 * <p>An implementation MUST return at once: it is called by the thread that owns the run. It never
 * changes what the run does.
 */
public interface RunListener {
  /** Listens to nothing. */
  RunListener NONE = new RunListener() {};

  /** A process is started. */
  default void launched(Order order) {}

  /**
   * A process has ended.
   *
   * @param outcome how it counts: the walk may know better than the session
   */
  default void ended(SessionEvent.Ended event, Outcome outcome) {}

  /** A folder has reached its final state. */
  default void settled(FolderName folder, FinalState state) {}

  /**
   * A folder whose trial failed has another.
   *
   * @param delay how long it waits before
   */
  default void triedAgain(FolderName folder, Duration delay) {}

  /**
   * The running folders were told that their time is running out.
   *
   * @param folders how many
   * @param signal the number of the signal
   */
  default void warned(int folders, int signal) {}

  /**
   * Folders wait, nothing runs, and none of them can end in the time left: the run ends.
   *
   * @param left how many
   */
  default void outOfTime(int left) {}

  /** Ranks are gone. What ran on them has ended before. */
  default void ranksLost(Loss loss) {}

  /**
   * Folders ask for more ranks than are left: they are not run, and stay without a final state.
   *
   * @param first one of them
   * @param folders how many
   * @param left how many ranks are left
   */
  default void leftOut(FolderName first, int folders, int left) {}

  /** Nothing is started on a host for a while, since folders have failed on it. */
  default void hostWithheld(Withholding withholding) {}

  /** Folders are started again on a host that was withheld. */
  default void hostBack(Host host) {}

  /** The journal can not be written: nothing is started until it can, what runs goes on. */
  default void paused(NotWrittenException why) {}

  /** The journal can be written again: folders are started again. */
  default void wentOn() {}

  /**
   * Folders have no room for their files: nothing is started until they do, what runs goes on.
   *
   * @param why what is full, for people
   */
  default void full(String why) {}

  /** There is room again: folders are started again. */
  default void roomAgain() {}

  /**
   * Folders have had no room while nothing ran: the run ends.
   *
   * @param why what is full, for people
   * @param after for how long
   */
  default void outOfRoom(String why, Duration after) {}

  /** Several listeners, each told in turn. */
  static RunListener all(RunListener... listeners) {
    return new Listeners(List.of(listeners));
  }

  /** The numbers have changed. Comes after all that made them change. */
  default void progress(Tally tally) {}
}
