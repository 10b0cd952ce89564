package org.jobfold.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobTree;
import org.jobfold.process.FolderPool;
import org.jobfold.process.PoolOptions;
import org.jobfold.process.TreeProcess;
import org.jobfold.run.Ports;
import org.jobfold.spi.Clock;
import org.jobfold.walk.Deadline;
import org.jobfold.walk.Past;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** How a tree is run. */
final class RunArguments {
  /** What is asked for once, and not again by the run that goes on. */
  private static final Set<String> FOR_ONCE =
      Set.of(
          "--json",
          "--break-lock",
          "--retry-failed",
          "--adopt",
          "--end",
          "--help",
          "--part",
          "--begin",
          "--overtake",
          "--force",
          "--force-from");

  @Mixin private final HostArguments hosts = new HostArguments();

  @Option(
      names = "--nbpools",
      paramLabel = "N",
      description =
          "How many folders run at a time at most; without it, as many as there are ranks.")
  private @Nullable Integer nbpools;

  @Option(
      names = "--maxtrials",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many trials a folder has, launch errors apart, where it does not say so itself (default: ${DEFAULT-VALUE}).")
  private Integer maxtrials = 1;

  @Option(
      names = "--queue",
      paramLabel = "NAME=N",
      description =
          "How many tokens the queue NAME has, which folders hold while they run. May be given several times.")
  private List<QueueSize> queues = new ArrayList<>();

  @Mixin private final FailureArguments failures = new FailureArguments();

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "10s",
      description =
          "How long a trial that is asked to end may take before it is forced (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--mpi-launcher",
      paramLabel = "LINE",
      description =
          "The line that starts folders with 'mpi: true'; {ranks}, {machinefile} and {command} are filled in.")
  private @Nullable String mpiLauncher;

  @Mixin private final EndArguments end = new EndArguments();

  @Mixin private final Forcing forcing = new Forcing();

  @Option(
      names = "--keepalive",
      negatable = true,
      fallbackValue = "true",
      description =
          "Holds the ranks when all is done, and waits for 'jobfold update'; 'jobfold stop' ends the run. --no-keepalive undoes it in a resume.")
  private boolean keepalive;

  @Option(
      names = "--break-lock",
      description =
          "Takes the tree also from a run on another host that may still live. Give it only if that run is gone.")
  private boolean breakLock;

  @Option(names = "--json", description = "Writes what came of it to standard output as JSON.")
  private boolean json;

  HostArguments hosts() {
    return hosts;
  }

  /** How many trials folders have that do not say it. */
  int maxtrials() {
    return maxtrials;
  }

  Optional<String> mpiLauncher() {
    return Optional.ofNullable(mpiLauncher);
  }

  Duration grace() {
    return grace;
  }

  /** How many folders run at a time at most, on so many ranks. */
  int pools(int width) {
    return nbpools == null ? width : Math.min(nbpools, width);
  }

  /** Whether it waits for updates when all is done. */
  boolean keepsAlive() {
    return keepalive;
  }

  /** How many tokens each queue has. */
  SortedMap<String, Integer> queues() {
    SortedMap<String, Integer> tokens = new TreeMap<>();
    queues.forEach(queue -> tokens.put(queue.name(), queue.tokens()));
    return tokens;
  }

  /** After how many failed folders nothing new is started; empty: however many fail. */
  OptionalInt maxFailures() {
    return failures.most();
  }

  EndArguments end() {
    return end;
  }

  Forcing forcing() {
    return forcing;
  }

  boolean asJson() {
    return json;
  }

  /** Takes the tree. */
  RunLock lock(StateDirectory state, JobTree folders, Clock clock, Consumer<String> notes)
      throws InterruptedException {
    return state.lock(
        folders, breakLock ? RunLock.BreakLock.YES : RunLock.BreakLock.NO, clock, notes);
  }

  /**
   * Equal shares where no folder asks for ranks; else each gets what it asks for, and those that do
   * not ask an equal share. An update of the tree may change which it is.
   */
  FolderPool pool(
      JobTree folders,
      TreeArguments tree,
      Ports ports,
      int width,
      Optional<Deadline> deadline,
      WalkRules.Wide wide,
      Past past) {
    int pools = pools(width);
    PoolOptions options =
        PoolOptions.DEFAULT
            .withNbpools(pools)
            .withMaxtrials(maxtrials)
            .withGrace(grace)
            .withDeadline(deadline)
            .withQueues(queues())
            .withMaxFailures(maxFailures())
            .withWide(wide)
            .withParams(tree.params());
    FolderPool pool =
        new TreeProcess(params -> folders, ports, options, Math.max(1, width / pools), past);
    pool.keepalive(keepalive ? Walk.Keepalive.ON : Walk.Keepalive.OFF);
    return pool;
  }

  /** Whether an option holds for once; all others are settings of the run. */
  static boolean isForOnce(OptionSpec option) {
    return FOR_ONCE.contains(option.longestName());
  }
}
