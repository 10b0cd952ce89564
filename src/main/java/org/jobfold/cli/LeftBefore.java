package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.journal.FolderState;
import org.jobfold.submit.Submission;
import org.jobfold.trial.Cause;
import org.jobfold.walk.Past;

/** What earlier runs of a tree have left for a submission to run. Writes nothing. */
final class LeftBefore {
  private final Submission.Start start;
  private final Past past;
  private final List<String> options;

  private LeftBefore(Submission.Start start, Past past, List<String> options) {
    this.start = start;
    this.past = past;
    this.options = options;
  }

  /**
   * Looks at a tree.
   *
   * @param place the tree as the user names it
   * @param state its state directory, if it has one
   * @throws org.jobfold.folder.RefusedException if there is nothing to go on from
   */
  static LeftBefore of(String place, Optional<StateDirectory> state, Submission.Start start) {
    if (start == Submission.Start.ANEW) {
      return new LeftBefore(start, Past.none(), List.of());
    }
    StateDirectory before =
        state
            .filter(StateDirectory::hasAccount)
            .orElseThrow(
                () ->
                    refused(
                        place,
                        "it has not been run, so there is nothing to go on from: leave out"
                            + " '--resume'"));
    return new LeftBefore(
        start, new Past(before.load().state(), failed(start)), before.remembered());
  }

  /** What becomes of folders that had failed for good. */
  static Past.Failed failed(Submission.Start start) {
    return start == Submission.Start.RETRY_FAILED ? Past.Failed.RETRY : Past.Failed.STAY;
  }

  Submission.Start start() {
    return start;
  }

  /** The options of the run that is gone on from, as far as they do not say where it ran. */
  List<String> options() {
    return options.stream().filter(option -> !HostArguments.saysWhere(option)).toList();
  }

  /** Those that do, and do not hold in a batch job. */
  List<String> dropped() {
    return options.stream().filter(HostArguments::saysWhere).toList();
  }

  /** Whether a folder of a tree without problems is to run, as far as can be known before. */
  Predicate<JobFolder> toRun(JobTree tree, Forcing forcing) {
    Past forced = new Past(past.state(), past.failed(), forcing.in(tree));
    return folder ->
        !folder.tagged() && !forced.isDone(folder) && !isBlockedStill(folder, forced, tree);
  }

  /** Whether what blocked it has failed for good, and stays so. */
  private static boolean isBlockedStill(JobFolder folder, Past past, JobTree tree) {
    return past.state().of(folder.name()) instanceof FolderState.Failed blocked
        && !past.forced().test(folder.name())
        && blocked.failure().cause() instanceof Cause.Upstream upstream
        && upstream.origins().stream()
            .flatMap(origin -> tree.find(origin).stream())
            .anyMatch(past::isDone);
  }

  /** What is said where no folder is to run. */
  String nothing(JobTree tree) {
    long failed =
        past.state().failures().entrySet().stream()
            .filter(each -> !each.getValue().blocked() && tree.find(each.getKey()).isPresent())
            .count();
    return "no folder is left to run"
        + (start != Submission.Start.RESUME || failed == 0
            ? ""
            : ": "
                + Words.count((int) failed, "folder")
                + (failed == 1
                    ? " has failed, '--retry-failed' takes it"
                    : " have failed, '--retry-failed' takes them")
                + " up again");
  }
}
