package org.jobfold.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.jobfold.spi.Clock;
import org.jobfold.trial.Tally;

/** Tells of a run line by line, and the numbers now and then. */
final class PlainLines implements Progress {
  private static final Duration PACE = Duration.ofSeconds(30);

  private final PrintWriter out;
  private final Clock clock;
  private final ProgressText text;
  private Duration lastNumbers;

  PlainLines(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.text = new ProgressText(clock);
    this.lastNumbers = clock.elapsed();
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
