package org.jobfold.walk;

import java.time.Duration;
import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Force;
import org.jobfold.spi.Loss;
import org.jobfold.spi.Order;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;

/** What the walk wants done. */
public sealed interface Action {
  /**
   * Start a process.
   *
   * @param order which
   */
  record Launch(Order order) implements Action {}

  /**
   * End a process that was started.
   *
   * @param id which
   * @param force how hard
   */
  record End(TrialId id, Force force) implements Action {}

  /**
   * Tell a process that was started that its time is running out.
   *
   * @param id which
   * @param signal the number of the signal
   */
  record Warn(TrialId id, int signal) implements Action {}

  /**
   * Take note that folders wait, and none of them can end in the time left.
   *
   * @param left how many
   */
  record OutOfTime(int left) implements Action {}

  /**
   * Take note that a folder has reached its final state.
   *
   * @param folder which
   * @param state its state
   */
  record Settle(FolderName folder, FinalState state) implements Action {}

  /**
   * Ask the advisor what becomes of a folder whose turn it is.
   *
   * @param turn whose
   */
  record AskBefore(Turn turn) implements Action {
    /** Of a folder that waits for nobody, and nobody for it. */
    public AskBefore(JobFolder folder) {
      this(new Turn(folder, List.of(), false));
    }

    /** The folder whose turn it is. */
    public JobFolder folder() {
      return turn.folder();
    }
  }

  /**
   * Take note that a folder that succeeded in an earlier run is to run again, since one that it
   * waits for does.
   *
   * @param folder which
   * @param trials how many trials it has had
   */
  record Reopen(FolderName folder, int trials) implements Action {}

  /**
   * Ask the advisor whether what came of a folder counts.
   *
   * @param folder which
   * @param outcome how its last trial ended
   */
  record AskAfter(JobFolder folder, Outcome outcome) implements Action {}

  /**
   * Take note that a folder whose trial failed has another.
   *
   * @param folder which
   * @param delay how long it waits before
   */
  record TryAgain(FolderName folder, Duration delay) implements Action {}

  /**
   * Take note that ranks are lost.
   *
   * @param loss which, and what follows
   */
  record Lose(Loss loss) implements Action {}

  /**
   * Take note that folders ask for more ranks than are left: they are not run, and stay as they
   * are.
   *
   * @param first one of them
   * @param folders how many
   * @param left how many ranks are left
   */
  record LeaveOut(FolderName first, int folders, int left) implements Action {}

  /**
   * Take note that nothing is started on a host for a while, since folders fail on it.
   *
   * @param withholding which, and what follows
   */
  record Withhold(Withholding withholding) implements Action {}

  /**
   * Take note that folders are started again on a host.
   *
   * @param host which
   */
  record GiveBack(Host host) implements Action {}
}
