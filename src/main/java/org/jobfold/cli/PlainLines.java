package org.jobfold.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Clock;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;

/** Tells of a run line by line: each failed trial as it comes, and the numbers now and then. */
final class PlainLines implements Progress {
  private static final Duration PACE = Duration.ofSeconds(30);

  private final PrintWriter out;
  private final Clock clock;
  private final ProgressText text;
  private final TrialLines trials;
  private Duration lastNumbers;

  PlainLines(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.text = new ProgressText(clock);
    this.trials = new TrialLines(this::say);
    this.lastNumbers = clock.elapsed();
  }

  @Override
  public void ended(SessionEvent.Ended event, Outcome outcome) {
    trials.ended(event, outcome);
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    trials.settled(folder, state);
  }

  @Override
  public void triedAgain(FolderName folder, Duration delay) {
    trials.triedAgain(folder, delay);
  }

  @Override
  public void progress(Tally tally) {
    if (clock.elapsed().minus(lastNumbers).compareTo(PACE) >= 0) {
      lastNumbers = clock.elapsed();
      say(text.of(tally));
    }
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void end() {}
}
