package org.jobfold.cli;

import java.util.function.Consumer;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.spi.RunListener;
import org.jobfold.trial.SignalNames;

/** A line for each thing that happens to the run as a whole. */
final class RunNotes implements RunListener {
  private final Consumer<String> lines;

  RunNotes(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void warned(int folders, int signal) {
    lines.accept(
        "jobfold: told "
            + Words.count(folders, "running folder")
            + " by signal "
            + SignalNames.text(signal)
            + " that the time is running out");
  }

  @Override
  public void outOfTime(int left) {
    lines.accept(
        "jobfold: "
            + Words.count(left, "folder")
            + (left == 1 ? " waits, and can" : " wait, and none of them can")
            + " not end in the time left: nothing more is started");
  }

  @Override
  public void paused(NotWrittenException why) {
    lines.accept(
        "jobfold: "
            + Words.line(String.valueOf(why.getMessage()))
            + "; until then nothing is started, and what runs goes on");
  }

  @Override
  public void wentOn() {
    lines.accept("jobfold: the journal can be written again: going on");
  }
}
