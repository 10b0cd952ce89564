package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jobfold.launch.Launcher;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs processes on this host.
 *
 * <p>A worker thread goes with each process: it starts it, waits for it, judges it and posts what
 * came of it. There are as many workers as processes ever ran at a time.
 *
 * <p>It never makes a directory of the tree, and leaves nothing in it but the output of the trials.
 * It owns its launcher.
 */
final class LocalSession implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);

  private final Launcher launcher;
  private final Consumer<SessionEvent> events;
  private final MachineFiles machineFiles;
  private final Starter starter;
  private final Map<TrialId, LocalTrial> trials = new ConcurrentHashMap<>();

  /**
   * How many orders have no end yet. Goes down before the end is posted, so that the next order
   * finds the worker that posts it and needs none of its own.
   */
  private final AtomicInteger unfinished = new AtomicInteger();

  private final ThreadPoolExecutor workers;

  /** A session that starts processes with this launcher. */
  LocalSession(Path root, Launcher launcher, LocalOptions options, Consumer<SessionEvent> events) {
    this.launcher = launcher;
    this.events = events;
    this.machineFiles = new MachineFiles(root.resolve(".jobfold").resolve("machines"));
    this.starter = new Starter(root, launcher, options, machineFiles);
    this.workers =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Daemons.numbered("trial-worker"));
  }

  @Override
  public void launch(Order order) {
    LocalTrial trial = new LocalTrial(order, starter);
    int needed = unfinished.incrementAndGet();
    if (needed > workers.getCorePoolSize()) {
      workers.setMaximumPoolSize(needed);
      workers.setCorePoolSize(needed);
    }
    trials.put(order.id(), trial);
    workers.execute(() -> work(order.id(), trial));
  }

  @Override
  public void end(TrialId id, Force force) {
    LocalTrial trial = trials.get(id);
    if (trial != null) {
      trial.end(force);
    }
  }

  @Override
  public void signal(TrialId id, int signal) {
    LocalTrial trial = trials.get(id);
    if (trial != null) {
      trial.signal(signal);
    }
  }

  @Override
  public void close() {
    workers.shutdown();
    trials.values().forEach(t -> t.end(Force.KILL));
    // The launcher gives up on a process that not even force ends; then so do the workers.
    launcher.close();
    awaitWorkers();
    try {
      machineFiles.remove();
    } catch (IOException e) {
      LOG.warn("the machine files can not be removed: {}", e.toString());
    }
  }

  private void work(TrialId id, LocalTrial trial) {
    SessionEvent.Ended ended = trial.perform(events);
    trials.remove(id);
    unfinished.decrementAndGet();
    events.accept(ended);
  }

  private void awaitWorkers() {
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        // Whoever closes must be sure that nothing runs: the interrupt has to wait.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
