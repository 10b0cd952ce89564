package org.jobfold.cli;

import picocli.CommandLine.Option;

/** What a run by hand does with jobs of its tree that wait in the queue. */
final class QueueArgument {
  @Option(
      names = "--overtake",
      description =
          "Runs the tree although jobs of 'jobfold submit' wait for it in the queue; they do nothing when their turn comes.")
  private boolean overtake;

  Entitlement.Overtake overtake() {
    return overtake ? Entitlement.Overtake.YES : Entitlement.Overtake.NO;
  }
}
