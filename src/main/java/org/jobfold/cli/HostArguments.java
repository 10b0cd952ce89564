package org.jobfold.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.allocation.Allocations;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.allocation.UnreadableAllocation;
import org.jobfold.folder.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ranks a run has: those of this host, or of hosts that the user names. */
final class HostArguments {
  private static final String RANKS = "--ranks";
  private static final String HOSTS = "--hosts";
  private static final String MACHINE_FILE = "--machinefile";
  private static final String ALLOCATION = "--allocation";
  private static final String LEAD_ADDRESS = "--lead-address";
  private static final String AUTO = "auto";

  /** Each of them says which ranks there are: one that is said nearer to the user overrules. */
  static final Set<String> ALTERNATIVES = Set.of(RANKS, HOSTS, MACHINE_FILE);

  @Option(
      names = RANKS,
      paramLabel = "N",
      description =
          "How many ranks there are on this host; in a job of a batch system, on its hosts, dealt out by their cores. Without it, as many as there are cores for us.")
  private @Nullable Integer ranks;

  @Option(
      names = HOSTS,
      paramLabel = "HOST:N",
      split = ",",
      splitSynopsisLabel = ",",
      description =
          "The hosts to run on, and how many ranks each has: a:8,b:8; without a number one. This host may be one of them.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = MACHINE_FILE,
      paramLabel = "FILE",
      description =
          "A file with the hosts to run on: a line each, 'a', 'a:8' or 'a slots=8'; a host that comes again has so many ranks more.")
  private @Nullable Path machineFile;

  @Option(
      names = ALLOCATION,
      paramLabel = "SYSTEM",
      defaultValue = "auto",
      description =
          "Whose allocation is used: slurm, pbs or lsf, of which the environment tells; local for this host alone; auto for the one that there is (default: ${DEFAULT-VALUE}).")
  private String allocation = AUTO;

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
    return ALTERNATIVES.contains(name)
        || List.of(ALLOCATION, LEAD_ADDRESS, GpuArguments.GPUS).contains(name);
  }

  /**
   * What they say.
   *
   * @param environment in which a batch system may tell of its allocation
   * @param problems gets what is wrong
   */
  Allotment allotment(Map<String, String> environment, List<Problem> problems) {
    Optional<BatchSystem> system =
        allocation.equals(AUTO)
            ? Optional.of(Allocations.speaking(environment))
            : BatchSystem.of(allocation);
    if (system.isEmpty()) {
      problems.add(
          Problem.of(
              ALLOCATION,
              "'" + allocation + "' is no batch system: write auto, local, slurm, pbs or lsf"));
    }
    return allotment(system.orElse(BatchSystem.LOCAL), environment, problems);
  }

  private Allotment allotment(
      BatchSystem system, Map<String, String> environment, List<Problem> problems) {
    int said = (ranks == null ? 0 : 1) + (hosts.isEmpty() ? 0 : 1) + (machineFile == null ? 0 : 1);
    if (said > 1) {
      problems.add(
          Problem.of(
              ranks == null ? MACHINE_FILE : RANKS,
              "'--ranks', '--hosts' and '--machinefile' each say which ranks there are: give one of"
                  + " them"));
    }
    if (!hosts.isEmpty()) {
      return new Allotment.Hosts(HostList.of(hosts, problems), start(system));
    }
    if (machineFile != null) {
      return new Allotment.Hosts(HostList.of(machineFile, problems), start(system));
    }
    Allotment local =
        new Allotment.Local(ranks == null ? OptionalInt.empty() : OptionalInt.of(ranks));
    try {
      return Allocations.read(system, environment, file -> Files.readAllLines(Path.of(file)))
          .map(given -> ranks == null ? given : given.withRanks(ranks))
          .<Allotment>map(given -> new Allotment.Given(given, start(system)))
          .orElse(local);
    } catch (UnreadableAllocation e) {
      problems.add(e.problem());
      return local;
    }
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
