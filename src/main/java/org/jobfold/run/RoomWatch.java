package org.jobfold.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.spi.Backend;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether there is room again where a folder found none: at once, and then after pauses that
 * grow, in a thread of its own, since a look at a disk may take long. Where there is room at once,
 * or it can not be seen from here, it says so.
 *
 * <p>Called by the thread of the run only. Decides nothing.
 */
final class RoomWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoomWatch.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Backend backend;
  private final Consumer<Message.RoomSeen> news;
  private Optional<Thread> looking = Optional.empty();
  private Optional<String> lack = Optional.empty();

  RoomWatch(Backend backend, Consumer<Message.RoomSeen> news) {
    this.backend = backend;
    this.news = news;
  }

  /** A folder has found no room. */
  void begin(Cause.NoRoom found) {
    if (looking.isEmpty()) {
      looking = Optional.of(Daemons.start("jobfold-room", () -> look(found.directory())));
    }
  }

  /** Why there is no room, as far as it was seen; absent while it was not. */
  Optional<String> lack() {
    return lack;
  }

  /** Takes up what was seen. Whether that is the first of it. */
  boolean saw(Message.RoomSeen seen) {
    boolean first = lack.isEmpty();
    lack = seen.lack();
    if (lack.isEmpty()) {
      looking = Optional.empty();
    }
    return first;
  }

  private void look(String place) {
    try {
      awaitRoom(place);
    } catch (InterruptedException closed) {
      return; // nobody waits for room any more
    } catch (RuntimeException bug) {
      LOG.error("it can not be seen whether there is room in '{}'", place, bug);
    }
    news.accept(new Message.RoomSeen(place, Optional.empty()));
  }

  private void awaitRoom(String place) throws InterruptedException {
    Path directory = Path.of(place);
    Duration pause = FIRST_PAUSE;
    Optional<String> now = backend.noRoom(directory);
    if (now.isPresent()) {
      news.accept(new Message.RoomSeen(place, now));
    }
    while (now.isPresent()) {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      now = backend.noRoom(directory);
    }
  }

  @Override
  public void close() {
    looking.ifPresent(Thread::interrupt);
  }
}
