package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The clock that a file system stamps its files with: on a network, that of another machine. It is
 * never said to be later than it is, and may be said to be earlier.
 */
final class FileClock {
  private static final String PROBE = "clock.tmp";

  private FileClock() {}

  /** That of the file system of a directory, measured with a file that is made and deleted. */
  static LongSupplier of(Path directory) {
    long behind = 0;
    Path probe = directory.resolve(PROBE);
    try {
      Files.deleteIfExists(probe);
      long before = local();
      Files.write(probe, new byte[1]);
      behind = Math.max(0, before - FileStamp.of(probe).stamp().written());
      Files.delete(probe);
    } catch (IOException e) {
      // what can not be written here is not recorded either
    }
    long late = behind;
    return () -> local() - late;
  }

  /** That of this machine. */
  static long local() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, Clock.systemUTC().instant());
  }
}
