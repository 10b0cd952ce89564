package org.jobfold.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.disk.LockFiles.Found;
import org.jobfold.folder.Durations;
import org.jobfold.spi.Clock;
import org.jobfold.thread.Daemons;

/**
 * Keeps a tree for one run at a time, by a file that says who holds it, and that is renewed for as
 * long as it is held. It needs no locks of the system, so it holds on shared file systems too.
 *
 * <p>What it never does: write to, or remove, a lock that is not its own. One that was taken over
 * by another run is lost, and said to be.
 *
 * <p>Thread-safe. Closed by who took it; where it is not, the file stays, and the next run on this
 * host finds that the process has ended.
 */
public final class RunLock implements AutoCloseable {
  /** How long a lock may stay as it is before runs on other hosts may take it. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final int RENEWALS_IN_LEASE = 3;

  /** Whether a lock may be taken from a run of which it can not be said whether it lives. */
  public enum BreakLock {
    /** It may not. */
    NO,
    /** The user says that it is gone. */
    YES
  }

  private final LockFiles files;
  private final FileChannel channel;
  private final Clock clock;
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private LockRecord holder;
  private Duration renewed;
  private Optional<String> loss = Optional.empty();
  private boolean closed;

  RunLock(LockFiles files, LockRecord holder, FileChannel channel, Clock clock) {
    this.files = files;
    this.holder = holder;
    this.channel = channel;
    this.clock = clock;
    this.renewed = clock.elapsed();
  }

  /** From now on it is renewed, by a thread that does not keep the JVM alive. */
  void start() {
    Daemons.start("jobfold-lock", this::keep);
  }

  /** What this run is called in requests that are meant for it: no other run has the same. */
  synchronized String token() {
    return holder.token();
  }

  /**
   * Tells once, in a thread of its own, if the lock is lost: another run may have the tree, so this
   * one must end at once. Tells at once if it is lost already.
   *
   * @param listener gets the reason, for people
   */
  public void onLost(Consumer<String> listener) {
    Optional<String> already;
    synchronized (this) {
      listeners.add(listener);
      already = loss;
    }
    already.ifPresent(listener);
  }

  private void keep() {
    Duration pause = holder.lease().dividedBy(RENEWALS_IN_LEASE);
    while (sleep(pause)) {
      renew();
    }
  }

  /** Sleeps; false if there is nothing left to do. */
  private synchronized boolean sleep(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long rest = time.toNanos(); rest > 0 && isOurs(); rest = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, rest);
      } catch (InterruptedException e) {
        return false;
      }
    }
    return isOurs();
  }

  private boolean isOurs() {
    return !closed && loss.isEmpty();
  }

  /**
   * Renews it. The file is written first and looked at then; who takes it over does it the other
   * way round, so that one of both sees the other.
   */
  void renew() {
    List<Consumer<String>> told;
    String reason;
    synchronized (this) {
      if (!isOurs()) {
        return;
      }
      Optional<String> lost = tryToRenew();
      if (lost.isEmpty()) {
        return;
      }
      loss = lost;
      reason = lost.get();
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(reason));
  }

  /** Why it is lost, if it is. */
  private Optional<String> tryToRenew() {
    Duration now = clock.elapsed();
    Optional<IOException> trouble = Optional.empty();
    try {
      holder = holder.renewed(clock.now());
      LockFiles.overwrite(channel, holder);
    } catch (IOException e) {
      trouble = Optional.of(e);
    }
    try {
      List<Found> chain = files.chain();
      if (!LockFiles.isHeld(chain, holder)) {
        return Optional.of(lostTo(chain));
      }
    } catch (IOException e) {
      trouble = Optional.of(e);
    }
    if (trouble.isEmpty()) {
      renewed = now;
    } else if (clock.elapsed().minus(renewed).compareTo(holder.lease()) >= 0) {
      return Optional.of(
          "the lock '"
              + files.lock()
              + "' can not be renewed for "
              + Durations.text(holder.lease())
              + " ("
              + Reasons.of(trouble.get())
              + "), so another run may take the tree");
    }
    return Optional.empty();
  }

  private String lostTo(List<Found> chain) {
    if (chain.isEmpty()) {
      return "somebody removed the lock '" + files.lock() + "', so another run may take the tree";
    }
    return "the lock '"
        + files.lock()
        + "' was taken over by "
        + chain.get(chain.size() - 1).holder().map(LockRecord::who).orElse("an unknown run");
  }

  /** Gives the tree free, if it is still ours. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      release();
    } catch (IOException e) {
      // the next run finds that the process has ended, or that the lock is not renewed
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void release() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    try (channel) {
      files.release(holder);
    }
  }
}
