package org.jobfold.walk;

import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;

/**
 * The ranks that a walk was given: those that it lends, those that it keeps back for a while, and
 * those that it has lost. Knows nothing of folders.
 */
final class OwnRanks {
  private final Limbo limbo = new Limbo();
  private final WithheldHosts withheld = new WithheldHosts();
  private Optional<Communicator> all = Optional.empty();
  private OwnHosts hosts = new OwnHosts(new Placement(List.of()), WalkRules.Wide.REFUSED);

  /** There are ranks, instead of those before. */
  void begin(Communicator given, WalkRules.Wide wide) {
    all = Optional.of(given);
    hosts = new OwnHosts(given.placement(), wide);
  }

  /** Whether there are any yet. */
  boolean given() {
    return all.isPresent();
  }

  /** Those that were given, less what is lent. */
  Communicator free() {
    return all.orElseThrow();
  }

  /** Which host has how many, free or not. */
  OwnHosts hosts() {
    return hosts;
  }

  /** Those of trials that were lost with a host. */
  Limbo limbo() {
    return limbo;
  }

  /** Those of hosts on which nothing is started for a while. */
  WithheldHosts withheld() {
    return withheld;
  }

  /** Takes out ranks of a host for good. How many of them were there. */
  int lose(Host host, List<Integer> gone) {
    int fewer = hosts.lose(host, gone);
    all.ifPresent(given -> withheld.on(host).orElse(given).lose(gone));
    limbo.release(host);
    return fewer;
  }

  /** All that is kept back is free again. */
  void release() {
    limbo.release();
    withheld.release();
  }

  /** Whether fewer are left than there were. */
  boolean areFewer() {
    return hosts.areFewer();
  }
}
