package org.jobfold.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jobfold.print.Digest;
import org.jobfold.print.Sha256;

/**
 * Digests of what is in files; a file that is as it was is not read again.
 *
 * <p>A file that was changed within the last tick of the file system's clock can be changed again
 * without getting another stamp. So what is read of it is not kept for later; where the file is so
 * large that reading it again would cost more, this waits for the next tick first. (Git calls such
 * entries of its index <em>racily clean</em>.)
 */
final class ContentReader {
  /** Reading so much takes about as long as a tick. */
  private static final long LARGE = 1 << 20;

  private static final int BUFFER = 1 << 16;
  private static final long LONGEST_WAIT = 3_000_000_000L;

  private final Source source;
  private final LongSupplier clock;

  /** Where bytes come from. */
  interface Source {
    /** The file system. */
    Source FILES = Files::newInputStream;

    /** Opens a file. */
    InputStream open(Path file) throws IOException;
  }

  /**
   * A reader.
   *
   * @param clock that of the file system, in nanoseconds since 1970
   */
  ContentReader(Source source, LongSupplier clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * What is in a file.
   *
   * @param stamp as it was found just now
   * @param known what was in it earlier
   */
  Content read(Path file, FileStamp stamp, Optional<Content> known) throws IOException {
    if (known.isPresent() && known.get().stamp().filter(stamp::equals).isPresent()) {
      return known.get();
    }
    if (stamp.size() > LARGE) {
      awaitTick(stamp);
    }
    boolean isSettled = clock.getAsLong() > stamp.settled();
    Digest digest = digest(file, stamp.size());
    boolean isSame = isSettled && FileStamp.of(file).stamp().equals(stamp);
    return new Content(digest, isSame ? Optional.of(stamp) : Optional.empty());
  }

  private void awaitTick(FileStamp stamp) {
    long wait = stamp.settled() - clock.getAsLong() + 1;
    if (wait > 0 && wait < LONGEST_WAIT) {
      LockSupport.parkNanos(wait);
    }
  }

  private Digest digest(Path file, long size) throws IOException {
    MessageDigest digest = Sha256.create();
    byte[] buffer = new byte[(int) Math.min(size + 1, BUFFER)];
    try (InputStream in = source.open(file)) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
      }
    }
    return Digest.of(digest);
  }
}
