package org.jobfold.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jobfold.spi.Force;
import org.jobfold.trial.Usage;

/** A process that {@link NativeLauncher} started. */
final class NativeProcess implements Running {
  private static final int INFORMATION_PID = 16;
  private static final int STATUS = 128;
  private static final int USAGE = 136;
  private static final int PEAK = USAGE + 32;

  private final int pid;
  private final long number;
  private final Instant started;
  private final long startedNanos;
  private final Containment containment;
  private final Ending ending;

  private final AtomicBoolean waitedFor = new AtomicBoolean();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final Object lock = new Object();
  private boolean reaped;

  NativeProcess(
      int pid,
      long number,
      Instant started,
      long startedNanos,
      Containment containment,
      LauncherSettings settings) {
    this.pid = pid;
    this.number = number;
    this.started = started;
    this.startedNanos = startedNanos;
    this.containment = containment;
    this.ending = new Ending(pid, settings);
  }

  @Override
  public long pid() {
    return pid;
  }

  int id() {
    return pid;
  }

  long number() {
    return number;
  }

  boolean isReaped() {
    synchronized (lock) {
      return reaped;
    }
  }

  @Override
  public Exit waitFor() {
    if (waitedFor.compareAndSet(false, true)) {
      try {
        exit.complete(reap());
      } catch (IllegalStateException e) {
        exit.completeExceptionally(e);
        throw e;
      }
    }
    return exit.join();
  }

  /** Completed when it and what it left is gone; somebody must wait for it. */
  CompletableFuture<Exit> exit() {
    return exit;
  }

  @Override
  public void end(Force force) {
    if (force == Force.KILL) {
      ending.force();
    }
    synchronized (lock) {
      if (reaped) {
        return;
      }
      LibC.kill(-pid, signal(force));
      if (force == Force.TERMINATE) {
        LibC.kill(-pid, LibC.SIGCONT);
      }
    }
    containment.signalStrays(this, force);
  }

  @Override
  public void signal(int signal) {
    synchronized (lock) {
      if (!reaped) {
        LibC.kill(-pid, signal);
      }
    }
  }

  /** What it left and does not end by force is waited for no longer. */
  void abandon() {
    ending.abandon();
  }

  static int signal(Force force) {
    return force == Force.KILL ? LibC.SIGKILL : LibC.SIGTERM;
  }

  private Exit reap() {
    Memory memory = containment.borrow();
    try {
      return reap(memory);
    } finally {
      containment.giveBack(memory);
      containment.remove(this);
      Containment.ended();
    }
  }

  private Exit reap(Memory memory) {
    awaitEnd(memory);
    long endedNanos = System.nanoTime();
    synchronized (lock) {
      // Its id is its own until it is reaped, and so is that of its group.
      LibC.kill(-pid, signal(ending.first()));
      int result;
      do {
        result = LibC.wait4(pid, memory.at(STATUS), 0, memory.at(USAGE));
      } while (result < 0 && LibC.errno() == LibC.EINTR);
      reaped = true;
      if (result != pid) {
        throw new IllegalStateException(
            "process " + pid + " was reaped by other code of this JVM: its exit code is lost");
      }
    }
    int status = memory.getInt(STATUS);
    Usage usage =
        new Usage(
            started,
            Duration.ofNanos(endedNanos - startedNanos),
            time(memory, USAGE),
            time(memory, USAGE + 16),
            OwnPeak.above(memory.getLong(PEAK)));
    if (containment.mayHaveLeft(this, System.nanoTime() - startedNanos, memory)) {
      ending.run((force, since, asked) -> containment.end(this, force, since, asked));
    }
    return new Exit(status >> 8 & 0xff, status & 0x7f, usage);
  }

  /**
   * Waits for any child in its group, as those it left there are children of ours too: they are
   * reaped on the way.
   */
  private void awaitEnd(Memory memory) {
    while (true) {
      int result = LibC.waitid(LibC.P_PGID, pid, memory.at(0), LibC.WEXITED | LibC.WNOWAIT);
      if (result == 0) {
        int ended = memory.getInt(INFORMATION_PID);
        if (ended == pid) {
          return;
        }
        containment.reapFromGroup(ended);
      } else if (LibC.errno() != LibC.EINTR) {
        return;
      }
    }
  }

  private static Duration time(Memory memory, int offset) {
    return Duration.ofSeconds(memory.getLong(offset), 1000 * memory.getLong(offset + 8));
  }
}
