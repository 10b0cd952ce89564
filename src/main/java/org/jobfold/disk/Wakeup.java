package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Sleeps until files of a directory come or go, as far as the system of this host tells, or a time
 * is over. Of what other hosts do on a shared file system no system tells; and where it can not be
 * asked, for instance because its limit of watches is reached, only the time ends the sleep.
 */
final class Wakeup implements AutoCloseable {
  private final Path directory;
  private final SystemWatch system;
  private Optional<WatchKey> key = Optional.empty();

  private Wakeup(Path directory, SystemWatch system) {
    this.directory = directory;
    this.system = system;
  }

  /** For a directory, which may not be there yet. */
  static Wakeup in(Path directory) {
    return new Wakeup(directory, SystemWatch.open(directory.getFileSystem(), limit -> {}));
  }

  /** Begins to watch; what happens from now on ends the next sleep. */
  Wakeup begin() {
    if (system.tells() && key.filter(WatchKey::isValid).isEmpty()) {
      try {
        key =
            Optional.of(
                system.register(
                    directory,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE));
      } catch (IOException notThere) {
        key = Optional.empty();
      }
    }
    return this;
  }

  /** Sleeps. */
  void await(Duration time) throws InterruptedException {
    begin();
    Optional<WatchKey> changed = system.await(time);
    if (changed.isPresent()) {
      changed.get().pollEvents();
      changed.get().reset();
    }
  }

  @Override
  public void close() {
    system.close();
  }
}
