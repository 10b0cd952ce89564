package org.jobfold.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.comm.Placement;

/** The ranks that a run is to have, as far as the user says. */
public sealed interface Allotment {
  /**
   * Those of this host.
   *
   * @param ranks how many; where absent, as many as there are cores
   */
  record Local(OptionalInt ranks) implements Allotment {}

  /**
   * Those of several hosts, which the user names.
   *
   * @param ranks the ranks of each host, as the user calls it
   * @param start how agents come to them
   */
  record Hosts(Placement ranks, Start start) implements Allotment {}

  /**
   * How agents come to hosts.
   *
   * @param line the line that starts a command on another host; where absent, by ssh
   * @param patience how long a host may take to come up
   * @param wanted which hosts must come up
   * @param leadAddress where the others reach this host; where absent, all addresses that it has
   */
  record Start(
      Optional<String> line, Duration patience, Wanted wanted, Optional<String> leadAddress) {}

  /** Which hosts must come up for a run to begin. */
  enum Wanted {
    /** One is enough: the others are lost. */
    ANY,
    /** All of them. */
    ALL
  }
}
