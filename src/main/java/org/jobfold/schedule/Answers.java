package org.jobfold.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jobfold.thread.Daemons;

/**
 * Answers that are to be taken up together: those to all questions of one round, so that what
 * starts first does not depend on who was quicker. A callback that takes long does not hold up the
 * answers before it for more than {@link #LONGEST}.
 */
final class Answers {
  static final Duration LONGEST = Duration.ofMillis(20);

  private final ScheduledExecutorService clock =
      new ScheduledThreadPoolExecutor(1, Daemons.named("jobfold-answers"));
  private final AtomicBoolean armed = new AtomicBoolean();
  private List<Runnable> held = new ArrayList<>();
  private Consumer<Runnable> together = Runnable::run;

  synchronized void begin(Consumer<Runnable> way) {
    together = way;
  }

  void hold(Runnable answer) {
    synchronized (this) {
      held.add(answer);
    }
    if (!clock.isShutdown() && armed.compareAndSet(false, true)) {
      var unused = clock.schedule(this::late, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void late() {
    armed.set(false);
    give();
  }

  /** Gives all answers that are there. */
  void give() {
    List<Runnable> all;
    Consumer<Runnable> way;
    synchronized (this) {
      all = held;
      held = new ArrayList<>();
      way = together;
    }
    if (!all.isEmpty()) {
      way.accept(() -> all.forEach(Runnable::run));
    }
  }

  void close() {
    clock.shutdown();
    give();
  }
}
