package org.jobfold.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jobfold.disk.PartName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jobfold run}: runs the executable folders of a tree. */
@Command(
    name = "run",
    description = "Runs the executable folders of a tree.",
    footer = {
      "",
      "Examples:",
      "  jobfold run sweep",
      "  jobfold run sweep --nbpools 2 --maxtrials 3 -p temperature=300",
      "  jobfold run inputs --match 'in.*' --command 'lmp -in {match}'",
      "  jobfold run sweep --json > result.json",
      "",
      "Exit codes: 0 all succeeded; 1 a folder failed; 2 wrong usage or refused input;",
      "3 stopped before all was done; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class RunCommand implements Callable<Integer> {
  private final Outside outside;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Mixin private final RunArguments how = new RunArguments();

  @Mixin private final GpuArguments gpus = new GpuArguments();

  @Mixin private final PartArgument part = new PartArgument();

  @Mixin private final QueueArgument queue = new QueueArgument();

  RunCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    tree.settle(spec, outside.environment());
    Optional<PartName> named = part.name(outside.environment());
    part.restrict(tree);
    return new TreeRun(outside, tree, how, gpus, named, queue.overtake())
        .fresh(tree.settings().toRemember());
  }
}
