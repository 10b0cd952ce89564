package org.jobfold.cli;

import java.util.List;
import org.jobfold.folder.Problem;
import org.jobfold.submit.Submission;
import picocli.CommandLine.Option;

/** Where a submission begins. */
final class StartArguments {
  private static final String RETRY_FAILED = "--retry-failed";

  @Option(
      names = "--resume",
      description =
          "Goes on where the last run of the tree ended, however it ended: what is done does not run again, and the options of that run hold. Without it all folders run.")
  private boolean resume;

  @Option(
      names = RETRY_FAILED,
      description =
          "Folders that had failed for good have all their trials once more. Goes with --resume.")
  private boolean retryFailed;

  /** What is wrong with them. */
  List<Problem> problems() {
    return retryFailed && !resume
        ? List.of(Problem.of(RETRY_FAILED, "it goes with '--resume': give both"))
        : List.of();
  }

  /** Where it begins. */
  Submission.Start start() {
    return !resume
        ? Submission.Start.ANEW
        : retryFailed ? Submission.Start.RETRY_FAILED : Submission.Start.RESUME;
  }
}
