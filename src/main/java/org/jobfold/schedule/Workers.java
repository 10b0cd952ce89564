package org.jobfold.schedule;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.thread.Daemons;

/** A thread for each job that runs: as many as ever ran at a time. */
final class Workers {
  private final AtomicInteger busy = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Daemons.numbered("jobfold-job"));

  /** Has something done, on a thread that does nothing else meanwhile. */
  void execute(Runnable work) {
    int needed = busy.incrementAndGet();
    if (needed > threads.getCorePoolSize()) {
      threads.setMaximumPoolSize(needed);
      threads.setCorePoolSize(needed);
    }
    threads.execute(work);
  }

  /**
   * The thread that calls this has done its work, and will take the next: said before anybody is
   * told, so that what follows finds this thread and needs no other.
   */
  void done() {
    busy.decrementAndGet();
  }

  /** Takes no more work. What still runs is not waited for. */
  void close() {
    threads.shutdown();
  }
}
