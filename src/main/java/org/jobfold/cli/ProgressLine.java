package org.jobfold.cli;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jobfold.spi.Clock;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Tally;

/**
 * Tells of a run on a terminal: the numbers on the last line, written over once a second, and all
 * else above it.
 */
final class ProgressLine implements Progress {
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final ProgressText text;
  private final ScheduledExecutorService pace =
      Executors.newSingleThreadScheduledExecutor(Daemons.named("jobfold-progress"));
  private Tally tally = new Tally(0, 0, 0, 0, 0, 0, 0);

  ProgressLine(PrintWriter out, Clock clock) {
    this.out = out;
    this.text = new ProgressText(clock);
    var unused = pace.scheduleAtFixedRate(this::write, 0, 1, TimeUnit.SECONDS);
  }

  @Override
  public synchronized void progress(Tally now) {
    tally = now;
  }

  @Override
  public synchronized void say(String line) {
    out.println(CLEAR + line);
    out.flush();
  }

  private synchronized void write() {
    if (tally.total() > 0 && !pace.isShutdown()) {
      out.print(CLEAR + text.of(tally));
      out.flush();
    }
  }

  /** Takes the line away. */
  @Override
  public synchronized void end() {
    if (!pace.isShutdown()) {
      pace.shutdownNow();
      out.print(CLEAR);
      out.flush();
    }
  }
}
