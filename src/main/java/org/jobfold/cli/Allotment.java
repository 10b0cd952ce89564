package org.jobfold.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.allocation.Allocation;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.allocation.Node;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;

/** The ranks that a run is to have, as far as the user says. */
public sealed interface Allotment {
  /** How many there are. */
  int size();

  /**
   * Those of this host.
   *
   * @param ranks how many; where absent, as many as there are cores
   */
  record Local(OptionalInt ranks) implements Allotment {
    @Override
    public int size() {
      return ranks.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * Those of several hosts, which the user names.
   *
   * @param ranks the ranks of each host, as the user calls it
   * @param start how agents come to them
   */
  record Hosts(Placement ranks, Start start) implements Allotment {
    @Override
    public int size() {
      return ranks.size();
    }
  }

  /**
   * Those of the allocation that a batch system has given.
   *
   * @param allocation not of this host alone
   * @param start how agents come to the hosts
   */
  record Given(Allocation allocation, Start start) implements Allotment {
    @Override
    public int size() {
      return allocation.placement().size();
    }

    /**
     * What people may not expect: a task that has several cores is one rank. Where folders have
     * threads, that is what the cores are for.
     */
    Optional<String> wideRanks(JobTree tree) {
      if (tree.folders().stream().anyMatch(f -> !f.tagged() && hasThreads(f.settings()))) {
        return Optional.empty();
      }
      int cores = allocation.nodes().stream().mapToInt(Node::cores).sum();
      return allocation.nodes().stream().anyMatch(node -> node.coresPerRank() > 1)
          ? Optional.of(
              "the job of %s has %s for %d cores: '--ranks %d' makes a rank of each core%s"
                  .formatted(
                      allocation.system().title(),
                      Words.count(allocation.ranks(), "rank"),
                      cores,
                      cores,
                      allocation.system() == BatchSystem.SLURM
                          ? ", and so does '--ntasks " + cores + "' of 'jobfold submit'"
                          : ""))
          : Optional.empty();
    }

    private static boolean hasThreads(Settings settings) {
      return settings.threads().orElse(1) > 1;
    }
  }

  /**
   * How agents come to hosts.
   *
   * @param system whose allocation this is, which may know how to start a command on its hosts
   * @param line the line that starts a command on another host; where absent, as the system does
   *     it, or by ssh
   * @param patience how long a host may take to come up
   * @param wanted which hosts must come up
   * @param leadAddress where the others reach this host; where absent, all addresses that it has
   */
  record Start(
      BatchSystem system,
      Optional<String> line,
      Duration patience,
      Wanted wanted,
      Optional<String> leadAddress) {
    /** As it is done where the user says nothing of it. */
    public static Start of(BatchSystem system) {
      return new Start(
          system, Optional.empty(), Duration.ofMinutes(1), Wanted.ANY, Optional.empty());
    }
  }

  /** Which hosts must come up for a run to begin. */
  enum Wanted {
    /** One is enough: the others are lost. */
    ANY,
    /** All of them. */
    ALL
  }
}
