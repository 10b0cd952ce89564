package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jobfold.disk.LockFiles.Found;

/**
 * Who has a tree, as far as its lock tells: for those who only look. It never takes or changes the
 * lock, and writes nothing.
 *
 * @param host the machine that leads the run; empty if the lock is damaged
 * @param pid its process there; 0 if the lock is damaged
 * @param since when it took the tree; absent if the lock is damaged
 * @param life whether it lives
 */
public record LockHolder(String host, long pid, Optional<Instant> since, Life life) {
  /** What can be said of a holder. */
  public enum Life {
    /** It lives: its process was seen, or it has renewed the lock within its lease. */
    ALIVE,
    /** Its process on this host has ended without giving the tree free. */
    GONE,
    /** It is out of sight, and has not renewed the lock for its lease. */
    SILENT
  }

  /** Whether it lives. */
  public boolean lives() {
    return life == Life.ALIVE;
  }

  /** The holder of the lock in a state directory; empty if it is free. */
  static Optional<LockHolder> of(Path directory, Duration lease) throws IOException {
    LockFiles files = new LockFiles(directory, Files::createLink);
    List<Found> chain = files.chain();
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    Found found = chain.get(chain.size() - 1);
    Optional<LockRecord> holder = found.holder();
    return Optional.of(
        new LockHolder(
            holder.map(h -> h.process().host()).orElse(""),
            found.pid(),
            holder.map(LockRecord::since),
            life(found, lease)));
  }

  /** The token of the holder of the lock in a state directory; empty if it is free. */
  static Optional<String> token(Path directory) throws IOException {
    List<Found> chain = new LockFiles(directory, Files::createLink).chain();
    return chain.isEmpty() ? Optional.empty() : Optional.of(chain.get(chain.size() - 1).token());
  }

  private static Life life(Found found, Duration lease) throws IOException {
    return switch (found.life()) {
      case ALIVE -> Life.ALIVE;
      case DEAD -> Life.GONE;
      case BOOTED_SINCE, UNKNOWN ->
          age(found).compareTo(found.lease(lease)) <= 0 ? Life.ALIVE : Life.SILENT;
    };
  }

  /**
   * By the clock of this host. That of the file system would be surer, but it is only told to who
   * writes a file there. A holder renews its lock three times in a lease, so clocks may differ by
   * more than half of it.
   */
  private static Duration age(Found found) throws IOException {
    try {
      return Duration.between(Files.getLastModifiedTime(found.place()).toInstant(), Instant.now());
    } catch (NoSuchFileException changed) {
      return Duration.ZERO;
    }
  }
}
