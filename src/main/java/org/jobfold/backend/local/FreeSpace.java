package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jobfold.launch.FullDisk;

/**
 * Whether there is room for files in a directory, by the one test that knows of blocks, files and
 * quotas alike: one is written there. It has no name any more when it is written, so nothing is
 * left of it, whatever happens.
 *
 * <p>Thread-safe. Never takes part in what goes well: it is asked when a trial has failed, and then
 * spends a twentieth of the time at most on each file system.
 */
final class FreeSpace {
  /** What is written: more than a program leaves free whose last buffer did not fit any more. */
  private static final int SIZE = 64 << 10;

  private static final int SHARE = 20;

  /** No file system makes less of it. */
  private static final byte[] BYTES = new byte[SIZE];

  static {
    new Random(SIZE).nextBytes(BYTES);
  }

  private static final Map<Object, FreeSpace> ALL = new ConcurrentHashMap<>();

  private Optional<String> seen = Optional.empty();
  private long until = System.nanoTime();

  private FreeSpace() {}

  /**
   * Why there is no room, as the system says it; empty if there is room, or if it can not be known:
   * the directory is not there, or may not be written.
   */
  static Optional<String> lack(Path directory) {
    try {
      Object device = Files.getAttribute(directory, "unix:dev");
      return ALL.computeIfAbsent(device, any -> new FreeSpace()).look(directory);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** The same, as it is at this moment. */
  static Optional<String> lackNow(Path directory) {
    try {
      write(directory);
      return Optional.empty();
    } catch (IOException e) {
      return FullDisk.reason(e);
    }
  }

  private synchronized Optional<String> look(Path directory) {
    long begin = System.nanoTime();
    if (begin - until >= 0) {
      seen = lackNow(directory);
      long end = System.nanoTime();
      until = end + SHARE * (end - begin);
    }
    return seen;
  }

  private static void write(Path directory) throws IOException {
    Path file = directory.resolve(".jobfold-" + UUID.randomUUID());
    // On Unix this option removes the name at once.
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      ByteBuffer bytes = ByteBuffer.wrap(BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
