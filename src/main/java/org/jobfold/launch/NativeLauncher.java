package org.jobfold.launch;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jobfold.spi.Force;
import org.jobfold.thread.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes by one system call each, on 64-bit Linux.
 *
 * <p>It makes this JVM adopt its orphaned descendants until it is closed, and never waits for
 * children it did not start or adopt: {@link ProcessBuilder} goes on to work beside it.
 *
 * <p>Opening a named pipe as standard input blocks {@link #start} until somebody writes to it.
 */
final class NativeLauncher implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLauncher.class);

  private final LauncherSettings settings;
  private final Spawner spawner;
  private final Containment containment;
  private final NativeGuard guard;
  private final AtomicLong numbers = new AtomicLong();
  private final ReadWriteLock starts = new ReentrantReadWriteLock();
  private boolean closed;

  /** Makes one as this system allows; fails with a {@link LinkageError} where it does not. */
  NativeLauncher(LauncherSettings settings) throws IOException {
    this(settings, Spawner.Chdir.best());
  }

  NativeLauncher(LauncherSettings settings, Spawner.Chdir chdir) throws IOException {
    this.settings = settings;
    BaseEnvironment base = BaseEnvironment.without(settings.hidden());
    Mark mark = new Mark(base.value(Mark.PROCESS).orElse(""));
    spawner = new Spawner(base, mark, chdir);
    containment = new Containment(mark);
    try {
      guard = NativeGuard.start(spawner, mark);
    } catch (IOException e) {
      containment.close();
      throw e;
    }
    containment.addGuard(guard.pid());
  }

  @Override
  public Running start(ProcessSpec spec) throws IOException {
    starts.readLock().lock();
    try {
      if (closed) {
        throw Refusals.closed();
      }
      return startOpen(spec);
    } finally {
      starts.readLock().unlock();
    }
  }

  private Running startOpen(ProcessSpec spec) throws IOException {
    long number = numbers.incrementAndGet();
    boolean runs = false;
    Containment.starting();
    try {
      Instant started = Instant.now();
      long nanos = System.nanoTime();
      int pid = spawner.spawn(spec, number);
      NativeProcess process = new NativeProcess(pid, number, started, nanos, containment, settings);
      containment.add(process);
      runs = true;
      return process;
    } finally {
      if (!runs) {
        Containment.ended();
      }
    }
  }

  @Override
  public void close() {
    starts.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      starts.writeLock().unlock();
    }
    long deadline = System.nanoTime() + settings.patience().toNanos();
    List<NativeProcess> left = containment.running();
    for (NativeProcess process : left) {
      process.end(Force.KILL);
      Daemons.start("jobfold-close-" + process.id(), process::waitFor);
    }
    boolean gone = true;
    for (NativeProcess process : left) {
      gone &= hasEnded(process, deadline);
    }
    while (containment.killAll()) {
      if (System.nanoTime() - deadline > 0) {
        LOG.warn("descendants of this launcher's processes do not end even by force: left behind");
        break;
      }
      sleep(2);
    }
    guard.close();
    if (gone) {
      containment.close();
    }
  }

  private static boolean hasEnded(NativeProcess process, long deadline) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          process.exit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
          return true;
        } catch (ExecutionException e) {
          return true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      LOG.warn(
          "process {} does not end even by force, on a file system that hangs perhaps: left behind",
          process.id());
      process.abandon();
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void sleep(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
