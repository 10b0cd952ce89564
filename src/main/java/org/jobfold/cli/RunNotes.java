package org.jobfold.cli;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jobfold.comm.Host;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Loss;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.SignalNames;

/** A line for each thing that happens to the run as a whole. */
final class RunNotes implements RunListener {
  private final Consumer<String> lines;
  private final OptionalInt maxFailures;
  private int failed;

  /**
   * Of a run.
   *
   * @param maxFailures after how many failed folders it starts nothing new
   */
  RunNotes(Consumer<String> lines, OptionalInt maxFailures) {
    this.lines = lines;
    this.maxFailures = maxFailures;
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    if (state.failure().filter(f -> !f.blocked() && !f.interrupted()).isPresent()
        && OptionalInt.of(++failed).equals(maxFailures)) {
      lines.accept(
          "jobfold: "
              + Words.count(failed, "folder")
              + (failed == 1 ? " has" : " have")
              + " failed, as many as '--max-failures' allows: nothing new is started");
    }
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
            + (left == 1 ? " waits, and can not" : " wait, and none of them can")
            + " end in the time left: nothing more is started");
  }

  @Override
  public void ranksLost(Loss loss) {
    lines.accept("jobfold: " + new LossText(loss).line());
  }

  @Override
  public void hostWithheld(Withholding kept) {
    int folders = kept.pardoned().size();
    lines.accept(
        "jobfold: nothing is started on host '"
            + Words.line(kept.host().name())
            + "' for "
            + Durations.text(kept.pause())
            + ": "
            + kept.reason()
            + (folders == 0
                ? ""
                : "; "
                    + Words.count(folders, "folder")
                    + (folders == 1 ? " that failed there runs" : " that failed there run")
                    + " again, which costs no trial"));
  }

  @Override
  public void hostBack(Host host) {
    lines.accept("jobfold: host '" + Words.line(host.name()) + "' is used again");
  }

  @Override
  public void leftOut(FolderName first, int folders, int left) {
    String more = folders == 1 ? "" : " and " + Words.count(folders - 1, "other");
    lines.accept(
        "jobfold: folder '"
            + Words.line(first.path())
            + "'"
            + more
            + (folders == 1 ? " asks" : " ask")
            + " for more ranks than the "
            + left
            + " that are left: "
            + (folders == 1 ? "it is" : "they are")
            + " not run; 'jobfold resume' in a larger allocation goes on");
  }

  @Override
  public void paused(NotWrittenException why) {
    lines.accept(
        "jobfold: "
            + Words.line(String.valueOf(why.getMessage()))
            + "; until then nothing is started, and what runs goes on");
  }

  @Override
  public void full(String why) {
    lines.accept(
        "jobfold: "
            + Words.line(why)
            + ": launching waits until there is room, and what runs goes on");
  }

  @Override
  public void roomAgain() {
    lines.accept("jobfold: there is room again: going on");
  }

  @Override
  public void outOfRoom(String why, Duration after) {
    lines.accept(
        "jobfold: "
            + Words.line(why)
            + ", and nothing has run for "
            + Durations.text(after)
            + ": the run ends; make room, then 'jobfold resume' goes on");
  }

  @Override
  public void wentOn() {
    lines.accept("jobfold: the journal can be written again: going on");
  }
}
