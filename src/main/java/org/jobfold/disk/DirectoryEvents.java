package org.jobfold.disk;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the system of this host tells of files in many directories. There are limits to how many it
 * watches: beyond them it tells nothing, and that is said once.
 */
final class DirectoryEvents implements AutoCloseable {
  private final Consumer<String> notes;
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final SystemWatch system;
  private boolean limited;

  private DirectoryEvents(Consumer<String> notes) {
    this.notes = notes;
    system =
        SystemWatch.open(FileSystems.getDefault(), e -> tellLimit(String.valueOf(e.getMessage())));
  }

  static DirectoryEvents begin(Consumer<String> notes) {
    return new DirectoryEvents(notes);
  }

  /** Whether a directory is watched. */
  boolean watches(Path directory) {
    return keys.containsKey(directory);
  }

  /** From now on a directory is watched, if it can be. */
  void watch(Path directory) {
    if (!system.tells() || limited) {
      return;
    }
    try {
      WatchKey key = register(directory);
      if (!key.watchable().equals(directory)) {
        key.cancel(); // it was moved, and would be told of by its old name
        key = register(directory);
      }
      keys.put(directory, key);
    } catch (NoSuchFileException | NotDirectoryException gone) {
      keys.remove(directory);
    } catch (IOException e) {
      tellLimit(Reasons.of(e));
    }
  }

  private WatchKey register(Path directory) throws IOException {
    return system.register(
        directory,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  /** Only these directories are watched from now on. */
  void forgetAllBut(Set<Path> directories) {
    keys.entrySet()
        .removeIf(
            entry -> {
              boolean forget = !directories.contains(entry.getKey());
              if (forget) {
                entry.getValue().cancel();
              }
              return forget;
            });
  }

  /**
   * Waits until something happens that matters, or a time is over.
   *
   * @param matters of a file or directory that has come, changed or gone
   * @return whether something happened
   */
  boolean await(Duration time, Predicate<Path> matters) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      Optional<WatchKey> changed = system.await(Duration.ofNanos(left));
      if (changed.isEmpty()) {
        return false;
      }
      WatchKey key = changed.get();
      boolean news = false;
      for (WatchEvent<?> event : key.pollEvents()) {
        news |=
            !(event.context() instanceof Path name)
                || matters.test(((Path) key.watchable()).resolve(name));
      }
      key.reset();
      if (news) {
        return true;
      }
    }
    return false;
  }

  private void tellLimit(String why) {
    if (!limited) {
      limited = true;
      notes.accept(
          "the system can not watch all directories ("
              + why
              + "): changes there are found at the next look, see '--every'");
    }
  }

  @Override
  public void close() {
    system.close();
  }
}
