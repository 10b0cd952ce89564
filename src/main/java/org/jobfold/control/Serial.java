package org.jobfold.control;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one after another, in order, on whatever thread of a pool is free. */
final class Serial implements Executor {
  /** After so many the thread is free for others. */
  private static final int TURN = 256;

  private final Executor pool;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Serial(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
    if (count.getAndIncrement() == 0) {
      pool.execute(this::turn);
    }
  }

  private void turn() {
    for (int i = 0; i < TURN; i++) {
      waiting.remove().run();
      if (count.decrementAndGet() == 0) {
        return;
      }
    }
    pool.execute(this::turn);
  }
}
