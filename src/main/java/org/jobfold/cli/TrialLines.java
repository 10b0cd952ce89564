package org.jobfold.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jobfold.folder.Durations;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;

/** A line for each trial that failed, as it comes; it says whether the folder is tried again. */
final class TrialLines implements RunListener {
  private final Consumer<String> lines;
  private final Map<FolderName, String> failed = new LinkedHashMap<>();

  TrialLines(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void ended(SessionEvent.Ended event, Outcome outcome) {
    outcome
        .cause()
        .ifPresent(
            cause ->
                failed.put(
                    event.id().folder(),
                    Words.line(event.id().folder().path())
                        + ": trial "
                        + event.id().number()
                        + (cause instanceof Cause.Interrupted ? " " : " failed: ")
                        + Words.line(cause.text())));
  }

  @Override
  public void settled(FolderName folder, FinalState state) {
    String line = failed.remove(folder);
    if (line != null) {
      lines.accept(line);
    }
  }

  @Override
  public void triedAgain(FolderName folder, Duration delay) {
    String line = failed.remove(folder);
    if (line != null) {
      lines.accept(
          line
              + "; another trial follows"
              + (delay.isZero() ? "" : " in " + Durations.text(delay)));
    }
  }
}
