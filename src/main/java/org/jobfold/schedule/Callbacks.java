package org.jobfold.schedule;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jobfold.thread.Daemons;

/** The one thread on which all callbacks of a run are called, one after another. */
final class Callbacks {
  private final ExecutorService one =
      Executors.newSingleThreadExecutor(Daemons.named("jobfold-callbacks"));

  void execute(Runnable work) {
    try {
      one.execute(work);
    } catch (RejectedExecutionException over) {
      // The run is over: nobody waits for it any more.
      return;
    }
  }

  /** Takes no more. */
  void close() {
    one.shutdown();
  }

  /** Interrupts what is being called, and forgets the rest. */
  void interrupt() {
    one.shutdownNow();
  }

  /** Waits until all that was taken has been called; whether that is so. */
  boolean await(Duration longest) throws InterruptedException {
    return one.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
  }
}
