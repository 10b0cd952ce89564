package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jobfold.thread.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches what is known of the calls. An error in one piece of work never ends
 * it.
 */
final class CallDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);
  private static final long CLOSING_SECONDS = 10;

  private final ScheduledThreadPoolExecutor desk =
      new ScheduledThreadPoolExecutor(1, Daemons.named("mpi-calls"));

  CallDesk() {
    desk.setRemoveOnCancelPolicy(true);
  }

  /** Does this when all that was posted before is done; nothing once it is closed. */
  void post(Runnable work) {
    try {
      desk.execute(() -> run(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("closed", e);
    }
  }

  /** Does this after a while; nothing if it is closed by then. */
  void after(Duration wait, Runnable work) {
    try {
      ScheduledFuture<?> unused =
          desk.schedule(() -> post(work), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed", e);
    }
  }

  boolean isClosed() {
    return desk.isShutdown();
  }

  /** Whether it is closed, and nothing is being done any more. */
  boolean isOver() {
    return desk.isTerminated();
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("an error of jobfold in the calls of the ranks", e);
    }
  }

  @Override
  public void close() {
    desk.shutdownNow();
    try {
      if (!desk.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the calls in the ranks are still at work on the folders' files");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
