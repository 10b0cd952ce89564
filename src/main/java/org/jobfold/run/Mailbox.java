package org.jobfold.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What other threads tell a run, in the order in which it came. Loses nothing. */
final class Mailbox {
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Held while messages are put in that are to be taken out in one step. */
  private final ReentrantLock together = new ReentrantLock();

  /** Puts a message in; any thread may. */
  void add(Message message) {
    messages.add(message);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Puts messages in that are all taken out before anything is decided. */
  void atOnce(Runnable several) {
    together.lock();
    try {
      several.run();
    } finally {
      together.unlock();
    }
  }

  /** Takes out all that is there. */
  void take(Consumer<Message> accept) {
    takeFrom(messages.poll(), accept);
  }

  /**
   * Sleeps until a message is there, and takes out all that are.
   *
   * @param longest for how long at most; absent: for as long as it takes
   */
  void await(Optional<Duration> longest, Consumer<Message> accept) throws InterruptedException {
    Message message =
        longest.isEmpty()
            ? messages.take()
            : messages.poll(Math.max(0, longest.get().toNanos()), TimeUnit.NANOSECONDS);
    if (message != null) {
      // Whatever is being put in together with it is there then.
      atOnce(() -> {});
    }
    takeFrom(message, accept);
  }

  private void takeFrom(@Nullable Message first, Consumer<Message> accept) {
    for (Message message = first; message != null; message = messages.poll()) {
      accept.accept(message);
    }
  }
}
