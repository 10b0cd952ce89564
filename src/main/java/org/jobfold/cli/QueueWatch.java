package org.jobfold.cli;

import java.time.Duration;
import java.util.Optional;
import org.jobfold.disk.Sight;
import org.jobfold.spi.Clock;

/**
 * Follows whether a batch job is to run a tree that nothing runs. Asks Slurm once a minute at most;
 * while it gives no answer, what it has said last holds.
 */
final class QueueWatch {
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Submitted submitted;
  private final Clock clock;
  private Optional<Submitted.View> last = Optional.empty();
  private Optional<Duration> next = Optional.empty();

  QueueWatch(Submitted submitted, Clock clock) {
    this.submitted = submitted;
    this.clock = clock;
  }

  /**
   * How the submission of a tree stands, as far as it was asked; empty while a run has the tree.
   */
  Optional<Submitted.View> look(Sight sight) {
    if (sight.state() == Sight.State.RUNNING) {
      // What comes after this run is asked when it has ended.
      next = Optional.empty();
      return Optional.empty();
    }
    Duration now = clock.elapsed();
    if (next.isEmpty() || now.compareTo(next.get()) >= 0) {
      next = Optional.of(now.plus(BETWEEN));
      Optional<Submitted.View> view = submitted.look(sight);
      if (view.isEmpty() || view.get().isKnown()) {
        last = view;
      }
    }
    return last;
  }
}
