package org.jobfold.spi;

import java.time.Duration;
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

  /** The numbers have changed. Comes after all that made them change. */
  default void progress(Tally tally) {}
}
