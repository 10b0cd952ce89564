package org.jobfold.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.folder.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which ranks a run has, and how it comes to those of other hosts. */
final class HostArguments {
  private static final String LEAD_ADDRESS = "--lead-address";

  @Mixin private final RankArguments ranks = new RankArguments();

  @Option(
      names = "--start-line",
      paramLabel = "LINE",
      description =
          "The line that starts a command on another host; {host} and {command} are filled in. Without it: in a job of Slurm one srun for all, else ssh -o BatchMode=yes {host} {command}")
  private @Nullable String startLine;

  @Option(
      names = "--start-patience",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description =
          "How long another host may take to come up (default: ${DEFAULT-VALUE}). One that does not is not used.")
  private Duration startPatience = Duration.ofSeconds(60);

  @Option(
      names = "--all-hosts",
      negatable = true,
      fallbackValue = "true",
      description =
          "Refuses to run unless all hosts come up. --no-all-hosts undoes it in a resume.")
  private boolean allHosts;

  @Option(
      names = LEAD_ADDRESS,
      paramLabel = "ADDRESS",
      description =
          "The address of this host at which the others reach it; without it, they try all that it has.")
  private @Nullable String leadAddress;

  /** Whether an option, as it would be typed, says where a run is, and not how. */
  static boolean saysWhere(String argument) {
    String name = argument.replaceFirst("=.*", "");
    return RankArguments.ALTERNATIVES.contains(name)
        || List.of(RankArguments.ALLOCATION, LEAD_ADDRESS, GpuArguments.GPUS).contains(name);
  }

  /**
   * What they say.
   *
   * @param environment in which a batch system may tell of its allocation
   * @param problems gets what is wrong
   */
  Allotment allotment(Map<String, String> environment, List<Problem> problems) {
    return ranks.allotment(environment, this::start, problems);
  }

  private Allotment.Start start(BatchSystem system) {
    return new Allotment.Start(
        system,
        Optional.ofNullable(startLine),
        startPatience,
        allHosts ? Allotment.Wanted.ALL : Allotment.Wanted.ANY,
        Optional.ofNullable(leadAddress));
  }
}
