package org.jobfold.cli;

import java.time.Duration;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;

/** Adds up the CPU time of all trials, and passes on what it hears. */
final class CpuTime implements RunListener {
  private final RunListener next;
  private Duration sum = Duration.ZERO;

  CpuTime(RunListener next) {
    this.next = next;
  }

  synchronized Duration sum() {
    return sum;
  }

  @Override
  public void ended(SessionEvent.Ended event, Outcome outcome) {
    synchronized (this) {
      sum = sum.plus(event.usage().cpu());
    }
    next.ended(event, outcome);
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    next.settled(folder, state);
  }

  @Override
  public void triedAgain(FolderName folder, Duration delay) {
    next.triedAgain(folder, delay);
  }

  @Override
  public void progress(Tally tally) {
    next.progress(tally);
  }
}
