package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the system of this host tells of directories, if it tells anything. Where it can not be
 * asked, for instance because its limit is reached, nothing ever happens, and time passes.
 */
final class SystemWatch implements AutoCloseable {
  private final Optional<WatchService> service;

  private SystemWatch(Optional<WatchService> service) {
    this.service = service;
  }

  /**
   * Of a file system.
   *
   * @param trouble told why the system can not be asked, if it can not
   */
  static SystemWatch open(FileSystem files, Consumer<Exception> trouble) {
    try {
      return new SystemWatch(Optional.of(files.newWatchService()));
    } catch (IOException | UnsupportedOperationException e) {
      trouble.accept(e);
      return new SystemWatch(Optional.empty());
    }
  }

  /** Whether the system can be asked. */
  boolean tells() {
    return service.isPresent();
  }

  /**
   * From now on it tells of a directory. Only where it tells anything.
   *
   * @throws IOException if the directory is not there, or can not be watched
   */
  WatchKey register(Path directory, WatchEvent.Kind<?>... kinds) throws IOException {
    return directory.register(service.orElseThrow(), kinds);
  }

  /** Sleeps until something has happened, or a time is over: empty then. */
  Optional<WatchKey> await(Duration time) throws InterruptedException {
    if (service.isEmpty()) {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      return Optional.empty();
    }
    return Optional.ofNullable(service.get().poll(time.toNanos(), TimeUnit.NANOSECONDS));
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
