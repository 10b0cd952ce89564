package org.jobfold.cli;

import java.time.Instant;
import java.util.Optional;
import org.jobfold.walk.WalkRules;

/**
 * How several allocations follow one another at one command: one that is worn out, so that folders
 * are left that it can not run any more, is followed by another that goes on with them.
 */
public interface Succession {
  /** An allocation that neither follows another nor is followed. */
  Succession NONE =
      new Succession() {
        @Override
        public Optional<Instant> began() {
          return Optional.empty();
        }

        @Override
        public boolean isWorn() {
          return false;
        }

        @Override
        public void handOver() {}
      };

  /** When the command was given to the first allocation; empty where this is the first. */
  Optional<Instant> began();

  /**
   * What becomes of folders that ask for more than this allocation has: one that follows another
   * may have less.
   */
  default WalkRules.Wide wide() {
    return began().isPresent() ? WalkRules.Wide.LEFT : WalkRules.Wide.REFUSED;
  }

  /** Whether there is something that this allocation can not do any more, and the next one can. */
  boolean isWorn();

  /** The run has ended by itself, and what it has left is for the next allocation. */
  void handOver();
}
