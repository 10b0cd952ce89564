package org.jobfold.disk;

import java.nio.file.Path;
import java.util.Optional;
import org.jobfold.folder.RefusedException;

/**
 * Looks at the run of a tree through its directory alone, from another terminal or another host,
 * once or again and again. It creates nothing, takes no lock, and leaves the run alone.
 */
public final class RunWatch {
  private static final int LOOKS = 10;

  private final Path root;
  private final PartsWatch parts;
  private Optional<JournalFollower> follower = Optional.empty();

  /** Of the tree with this root. */
  public RunWatch(Path root) {
    this.root = root;
    this.parts = new PartsWatch(root);
  }

  /**
   * What there is to see now. The state of its account goes on changing with later looks.
   *
   * @throws RefusedException if the lock or the journal can not be read
   */
  public Sight look() {
    return parts.with(whole(), PartsWatch.NotBegun.WAITS);
  }

  /** Of a run of the whole tree. */
  private Sight whole() {
    Optional<StateDirectory> state = StateDirectory.existing(root);
    if (state.isEmpty()) {
      follower = Optional.empty();
      return new Sight(Optional.empty(), Account.none());
    }
    JournalFollower journal = follower.orElseGet(() -> new JournalFollower(state.get().path()));
    follower = Optional.of(journal);
    // The lock first: a run writes that it is over before it gives the tree free.
    Optional<LockHolder> holder = state.get().holder();
    for (int look = 1; ; look++) {
      Sight sight = new Sight(holder, journal.look());
      if (sight.state() != Sight.State.KILLED || look == LOOKS) {
        return sight;
      }
      // A run may have begun between both: only where nothing has changed, it is gone.
      Optional<LockHolder> now = state.get().holder();
      if (now.equals(holder)) {
        return sight;
      }
      holder = now;
    }
  }
}
