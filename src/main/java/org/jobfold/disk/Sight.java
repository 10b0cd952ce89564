package org.jobfold.disk;

import java.util.Optional;
import org.jobfold.journal.Entry;

/**
 * What can be seen of the last run of a tree from outside.
 *
 * @param holder who has the tree; empty if nobody does
 * @param account what the journal adds up to
 */
public record Sight(Optional<LockHolder> holder, Account account) {
  /** How it is with a run. */
  public enum State {
    /** It goes on. */
    RUNNING,
    /** It has ended, and no folder is left. */
    COMPLETE,
    /** It has ended by itself, and folders are left. */
    INCOMPLETE,
    /** It is gone, and has not said that it ends. */
    KILLED,
    /** There is no journal of any run. */
    NEVER
  }

  /** How it is with the run. */
  public State state() {
    Optional<Entry.RunEnded> end = account.state().end();
    if (isHeld() && (isBeginning() || end.isEmpty())) {
      return State.RUNNING;
    }
    if (account.file().isEmpty()) {
      return State.NEVER;
    }
    return end.map(over -> over.left() == 0 ? State.COMPLETE : State.INCOMPLETE)
        .orElse(State.KILLED);
  }

  /** Whether a run lives whose own account has not begun: what is known is of the one before. */
  public boolean isBeginning() {
    return isHeld()
        && account
            .state()
            .run()
            .map(run -> holder.map(by -> !isOf(by, run)).orElse(false))
            .orElse(account.file().isEmpty());
  }

  private boolean isHeld() {
    return holder.filter(LockHolder::lives).isPresent();
  }

  /** A damaged lock does not say whose it is. */
  private static boolean isOf(LockHolder holder, Entry.RunStarted run) {
    return holder.since().isEmpty()
        || (holder.pid() == run.pid() && !run.at().isBefore(holder.since().get()));
  }
}
