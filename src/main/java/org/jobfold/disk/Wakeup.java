package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sleeps until files of a directory come or go, as far as the system of this host tells, or a time
 * is over. Of what other hosts do on a shared file system no system tells; and where it can not be
 * asked, for instance because its limit of watches is reached, only the time ends the sleep.
 */
final class Wakeup implements AutoCloseable {
  private final Path directory;
  private final Optional<WatchService> service;
  private Optional<WatchKey> key = Optional.empty();

  private Wakeup(Path directory, Optional<WatchService> service) {
    this.directory = directory;
    this.service = service;
  }

  /** For a directory, which may not be there yet. */
  static Wakeup in(Path directory) {
    try {
      return new Wakeup(directory, Optional.of(directory.getFileSystem().newWatchService()));
    } catch (IOException | UnsupportedOperationException limit) {
      return new Wakeup(directory, Optional.empty());
    }
  }

  /** Begins to watch; what happens from now on ends the next sleep. */
  Wakeup begin() {
    if (service.isPresent() && key.filter(WatchKey::isValid).isEmpty()) {
      try {
        key =
            Optional.of(
                directory.register(
                    service.get(),
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
    if (service.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      return;
    }
    WatchKey changed = service.get().poll(time.toNanos(), TimeUnit.NANOSECONDS);
    if (changed != null) {
      changed.pollEvents();
      changed.reset();
    }
  }

  @Override
  public void close() {
    try {
      if (service.isPresent()) {
        service.get().close();
      }
    } catch (IOException | ClosedWatchServiceException e) {
      // there is nothing to be done
    }
  }
}
