package org.jobfold.backend.mpj;

import java.io.IOException;
import java.util.Optional;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.trial.Cause;

/** What the ranks of a call printed and could not write to the folder's files themselves. */
final class RanksOutput {
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  private RanksOutput(MpiTrial trial) {
    trial
        .parts()
        .forEach(
            (rank, done) -> {
              done.out().lines().forEach(line -> line(out, rank, line));
              done.err().lines().forEach(line -> line(err, rank, line));
            });
    trial.firstBad().filter(part -> !part.done().reason().isEmpty()).ifPresent(this::explain);
  }

  /** Adds it to the folder's files; why not, if they can not be written. */
  static Optional<Cause> write(MpiTrial trial) {
    RanksOutput output = new RanksOutput(trial);
    try {
      TrialFiles.append(trial.files().stdout(), output.out.toString());
      TrialFiles.append(trial.files().stderr(), output.err.toString());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(new Cause.LaunchError("what the ranks printed can not be written: " + e));
    }
  }

  private void explain(MpiTrial.Part part) {
    err.append(part.done().trace());
    err.append("jobfold call: ");
    if (part.verdict() == Verdict.THREW) {
      err.append("rank ").append(part.rank()).append(": ");
    }
    err.append(part.done().reason()).append('\n');
  }

  private static void line(StringBuilder to, int rank, String line) {
    to.append("[rank ").append(rank).append("] ").append(line).append('\n');
  }
}
