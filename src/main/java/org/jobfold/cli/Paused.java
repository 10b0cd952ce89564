package org.jobfold.cli;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jobfold.disk.Sight;
import org.jobfold.disk.UsedUp;

/**
 * Whether a run starts nothing because the disk of its tree is full, as far as that can be seen
 * without it: it can not write it down.
 */
final class Paused {
  private Paused() {}

  /** Whether a run goes on, and its tree is on a disk that is full. */
  static boolean is(Path root, Standing standing) {
    return standing.state() == Sight.State.RUNNING && UsedUp.is(root);
  }

  /** A line for people; absent if it is not paused. */
  static Optional<String> line(Path root, Standing standing) {
    if (!is(root, standing)) {
      return Optional.empty();
    }
    return Optional.of(
        "paused: the disk of '"
            + Words.line(root.toString())
            + "' is full: nothing is started until there is room, and what runs goes on"
            + standing
                .sight()
                .account()
                .heard()
                .map(at -> "; last heard of " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse(""));
  }
}
