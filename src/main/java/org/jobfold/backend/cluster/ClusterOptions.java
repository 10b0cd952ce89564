package org.jobfold.backend.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.control.Lease;

/**
 * How several hosts are used.
 *
 * @param lease how lead and agents know of each other's life
 * @param margin how long after the end of its lease an agent may take until all that it ran is gone
 * @param patience how long an agent may take to come up
 * @param missing what becomes of a run when a host does not come up
 * @param leadAddress where agents reach this host; where absent, all addresses that it has
 * @param environment what trials on all hosts inherit, but for what is a host's own
 */
public record ClusterOptions(
    Lease lease,
    Duration margin,
    Duration patience,
    Missing missing,
    Optional<String> leadAddress,
    SortedMap<String, String> environment) {
  /** What becomes of a run when a host does not come up. */
  public enum Missing {
    /** It goes on with those that do, if there is one. */
    GO_ON,
    /** It is refused. */
    REFUSE
  }

  /** Copies the map, without what is a host's own. */
  public ClusterOptions {
    environment = Collections.unmodifiableSortedMap(HostVariables.without(environment));
  }

  /** A beat each second, a minute for a host to come up, this program's environment. */
  public static ClusterOptions standard() {
    return new ClusterOptions(
        Lease.DEFAULT,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        Missing.GO_ON,
        Optional.empty(),
        new TreeMap<>(System.getenv()));
  }

  /** These, with another patience. */
  public ClusterOptions withPatience(Duration time) {
    return new ClusterOptions(lease, margin, time, missing, leadAddress, environment);
  }

  /** These, for hosts that do not come up. */
  public ClusterOptions withMissing(Missing what) {
    return new ClusterOptions(lease, margin, patience, what, leadAddress, environment);
  }

  /** These, with the address at which agents reach this host. */
  public ClusterOptions withLeadAddress(Optional<String> address) {
    return new ClusterOptions(lease, margin, patience, missing, address, environment);
  }

  /** These, with another environment for trials. */
  public ClusterOptions withEnvironment(Map<String, String> variables) {
    return new ClusterOptions(
        lease, margin, patience, missing, leadAddress, new TreeMap<>(variables));
  }

  /** How long after a host was given up something may run there yet. */
  Duration fence() {
    return lease.silence().plus(margin);
  }
}
