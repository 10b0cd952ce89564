package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;

/**
 * Ranks of trials that were lost with a host, until it is said which ranks are lost: nothing is to
 * be started on them in between. Where that is not said they come back after a while.
 */
final class Limbo {
  /** How long they wait for that. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Held(Communicator ranks, List<Host> hosts, Duration until) {}

  private final List<Held> all = new ArrayList<>();

  /** The ranks of a trial that was lost. */
  void put(Communicator ranks, Duration now) {
    all.add(new Held(ranks, ranks.placement().hosts(), now.plus(PATIENCE)));
  }

  /** It is known of this host which ranks are lost. */
  void release(Host host) {
    release(held -> held.hosts().contains(host));
  }

  /** Gives back what has waited for too long. */
  void release(Duration now) {
    release(held -> held.until().compareTo(now) <= 0);
  }

  /** Gives back all. */
  void release() {
    release((Predicate<Held>) held -> true);
  }

  /** When something has waited for too long. */
  Optional<Duration> next() {
    return all.stream().map(Held::until).min(Duration::compareTo);
  }

  private void release(Predicate<Held> which) {
    for (Iterator<Held> each = all.iterator(); each.hasNext(); ) {
      Held held = each.next();
      if (which.test(held)) {
        held.ranks().release();
        each.remove();
      }
    }
  }
}
