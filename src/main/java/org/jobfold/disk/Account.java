package org.jobfold.disk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jobfold.journal.RunState;

/**
 * What is known of the last run of a tree.
 *
 * @param epoch the number of its journal; 0 if there is none
 * @param file its journal
 * @param state what it adds up to
 * @param reading what was found in it beside that: the damage
 * @param heard the time of its last entry; absent if it has none
 */
public record Account(
    int epoch, Optional<Path> file, RunState state, Reading reading, Optional<Instant> heard) {
  /** What is known where there is no journal. */
  static Account none() {
    return new Account(0, Optional.empty(), new RunState(), Reading.nothing(), Optional.empty());
  }
}
