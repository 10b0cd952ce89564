package org.jobfold.cli;

import java.time.Duration;
import org.jobfold.folder.Durations;
import org.jobfold.spi.Clock;
import org.jobfold.trial.Tally;

/** The numbers of a run that goes on, on one line. */
final class ProgressText {
  private final Clock clock;
  private final Duration start;

  ProgressText(Clock clock) {
    this.clock = clock;
    this.start = clock.elapsed();
  }

  /**
   * Done, running, failed, left, the time so far, and an estimate of the rest by what a folder took
   * on average.
   */
  String of(Tally tally) {
    Duration elapsed = clock.elapsed().minus(start);
    String line =
        tally.done()
            + " of "
            + tally.total()
            + " done, "
            + tally.running()
            + " running, "
            + tally.failed()
            + " failed, "
            + (tally.blocked() == 0 ? "" : tally.blocked() + " blocked, ")
            + tally.waiting()
            + " left, "
            + Durations.text(seconds(elapsed));
    int open = tally.waiting() + tally.running();
    if (tally.done() == 0 || open == 0) {
      return line;
    }
    Duration rest = Duration.ofMillis((long) (elapsed.toMillis() / (double) tally.done() * open));
    return line + ", about " + Durations.text(seconds(rest)) + " to go";
  }

  private static Duration seconds(Duration time) {
    return Duration.ofSeconds(Math.max(1, (time.toMillis() + 500) / 1000));
  }
}
