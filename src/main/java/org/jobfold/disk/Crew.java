package org.jobfold.disk;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A few threads that do work which leads to more work. No piece of it waits for another, so that it
 * may lead to more as often as it likes.
 */
final class Crew {
  private final ForkJoinPool threads;
  private final AtomicLong left = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final CountDownLatch done = new CountDownLatch(1);

  private Crew(int size) {
    threads = new ForkJoinPool(size);
  }

  /** What a crew begins with. */
  interface Work {
    /** Does it. May ask for more. */
    void start(Crew crew);
  }

  /** Does the work and all that it leads to; returns, or throws, when nothing is left to do. */
  static void perform(int size, Work work) {
    Crew crew = new Crew(size);
    crew.also(() -> work.start(crew));
    try {
      crew.done.await();
    } catch (InterruptedException e) {
      crew.failure.compareAndSet(null, new IllegalStateException("interrupted while scanning", e));
      Thread.currentThread().interrupt();
    } finally {
      crew.threads.shutdownNow();
    }
    Throwable failure = crew.failure.get();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Asks for more to be done. Called by work of this crew. */
  void also(Runnable work) {
    left.incrementAndGet();
    threads.execute(() -> doOne(work));
  }

  private void doOne(Runnable work) {
    try {
      if (failure.get() == null) {
        work.run();
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      if (left.decrementAndGet() == 0) {
        done.countDown();
      }
    }
  }
}
