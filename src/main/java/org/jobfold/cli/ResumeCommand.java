package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jobfold.disk.PartName;
import org.jobfold.disk.StateDirectory;
import org.jobfold.submit.Submission;
import org.jobfold.walk.Past;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jobfold resume}: goes on where the last run of a tree ended, however it ended. */
@Command(
    name = "resume",
    description = {
      "Goes on where the last run of a tree ended, however it ended. Folders that succeeded do not run again.",
      "The options of that run hold, save for those that are given here; those hold from now on."
    },
    footer = {
      "",
      "Examples:",
      "  jobfold resume sweep",
      "  jobfold resume sweep --retry-failed --maxtrials 5",
      "",
      "Exit codes: 0 all succeeded; 1 a folder failed; 2 wrong usage or refused input;",
      "3 stopped before all was done; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class ResumeCommand implements Callable<Integer> {
  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Mixin private final RunArguments how = new RunArguments();

  @Mixin private final GpuArguments gpus = new GpuArguments();

  @Option(
      names = "--retry-failed",
      description = "Folders that had failed for good have all their trials once more.")
  private boolean retryFailed;

  @Option(
      names = "--adopt",
      description =
          "Processes of the last run that still live on this host are waited for, and not ended, before their folders run again. Those of other hosts are waited for where the run has these hosts, and end with their own run elsewhere.")
  private boolean adopt;

  @Option(
      names = "--begin",
      description = "Where nothing was run yet, begins, as 'jobfold run' does.")
  private boolean begin;

  @Mixin private final PartArgument part = new PartArgument();

  @Mixin private final QueueArgument queue = new QueueArgument();

  ResumeCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path root = tree.root();
    Optional<PartName> named = part.name(outside.environment());
    boolean isBegun =
        named.isPresent()
            ? StateDirectory.of(root, named.get()).hasAccount()
            : StateDirectory.isIn(root);
    Optional<Submission.Start> first =
        begin ? new Entitlement(root, named, outside.environment()).firstStart() : Optional.empty();
    if (begin && (!isBegun || first.equals(Optional.of(Submission.Start.ANEW)))) {
      tree.settle(spec, outside.environment());
      part.restrict(tree);
      return new TreeRun(outside, tree, how, gpus, named, queue.overtake())
          .fresh(tree.settings().toRemember());
    }
    if (!isBegun) {
      throw refused(
          tree.place(),
          "it has not been run, so there is nothing to go on from: 'jobfold run' runs it");
    }
    StateDirectory state =
        named.map(name -> StateDirectory.of(root, name)).orElseGet(() -> StateDirectory.of(root));
    tree.settle(spec, outside.environment(), state.remembered());
    part.restrict(tree);
    return new TreeRun(outside, tree, how, gpus, named, queue.overtake())
        .resumed(
            retryFailed
                ? Past.Failed.RETRY
                : first.map(LeftBefore::failed).orElse(Past.Failed.STAY),
            adopt ? TreeRun.Leftover.AWAIT : TreeRun.Leftover.END,
            tree.settings().toRemember());
  }
}
