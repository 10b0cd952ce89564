package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jobfold.folder.RefusedException;

/**
 * Reads the journal that counts, again and again, while it is written: only what was appended since
 * the last look, or all of it after it was begun anew or a new run has begun.
 *
 * <p>It never writes, takes or holds anything, so it can look at a run on another host through the
 * directory alone.
 */
final class JournalFollower {
  private static final int ATTEMPTS = 10;

  private final Path directory;
  private Optional<FollowedJournal> followed = Optional.empty();
  private Path place;

  JournalFollower(Path directory) {
    this.directory = directory;
    this.place = directory;
  }

  /**
   * What the journal adds up to now. The state of an account goes on changing with later looks.
   *
   * @throws RefusedException if it can not be read, is not one, or is of a newer version
   */
  Account look() {
    for (int attempt = 1; ; attempt++) {
      try {
        return tryToLook();
      } catch (IOException replaced) {
        // by a run that begins, or begins it anew: the next attempt finds the other file
        followed = Optional.empty();
        if (attempt == ATTEMPTS) {
          throw JournalReader.refused(
              place.toString(), 0, "the journal can not be read (" + Reasons.of(replaced) + ")");
        }
      }
    }
  }

  private Account tryToLook() throws IOException {
    for (int epoch : Journals.epochs(directory).descendingSet()) {
      FollowedJournal journal = read(epoch);
      if (journal.isBegun()) {
        followed = Optional.of(journal);
        return journal.account();
      }
    }
    followed = Optional.empty();
    return Account.none();
  }

  private FollowedJournal read(int epoch) throws IOException {
    place = directory.resolve(JournalName.file(epoch));
    Optional<FollowedJournal> known = followed.filter(journal -> journal.epoch() == epoch);
    if (known.isPresent() && known.get().readOn()) {
      return known.get();
    }
    FollowedJournal anew = new FollowedJournal(place, epoch);
    anew.readOn();
    return anew;
  }
}
