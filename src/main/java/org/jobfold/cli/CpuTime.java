package org.jobfold.cli;

import java.time.Duration;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Outcome;

/** Adds up the CPU time of all trials. */
final class CpuTime implements RunListener {
  private Duration sum = Duration.ZERO;

  synchronized Duration sum() {
    return sum;
  }

  @Override
  public synchronized void ended(SessionEvent.Ended event, Outcome outcome) {
    sum = sum.plus(event.usage().cpu());
  }
}
