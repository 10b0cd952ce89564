package org.jobfold.launch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jobfold.spi.Force;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a process has left behind: asks once, waits for a grace, then forces until nothing is
 * left, also of what was forked in between. Thread-safe; {@link #run} is called by one thread.
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
  private static final int CLEAN_LOOKS = 2;

  /** What one look at what is left found. */
  enum Left {
    /** Nothing. */
    NOTHING,
    /** Nothing, but something is just changing: look again. */
    PERHAPS,
    /** Something that was signalled. */
    SOMETHING
  }

  /** One look at what is left, which signals it. */
  interface Look {
    /**
     * Signals what is left.
     *
     * @param force those asked are asked once, those forced each time
     * @param since what is seen must not be older, by {@link System#nanoTime}
     * @param asked what was signalled before; what is signalled is added
     */
    Left at(Force force, long since, Set<ProcessEntry> asked);
  }

  private final long pid;
  private final LauncherSettings settings;
  private boolean forced;
  private boolean abandoned;

  Ending(long pid, LauncherSettings settings) {
    this.pid = pid;
    this.settings = settings;
  }

  /** From now on it is forced: cuts the grace short. */
  synchronized void force() {
    forced = true;
    notifyAll();
  }

  /** From now on it is not waited for any more. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /** How what is left is to end at first. */
  synchronized Force first() {
    return forced ? Force.KILL : Force.TERMINATE;
  }

  /** Returns when nothing is left, or it was abandoned. */
  void run(Look look) {
    long begin = System.nanoTime();
    Duration pause = SHORTEST_PAUSE;
    Set<ProcessEntry> asked = new HashSet<>();
    boolean warned = false;
    long since = begin;
    int clean = 0;
    while (clean < CLEAN_LOOKS && !isAbandoned()) {
      Duration age = Duration.ofNanos(System.nanoTime() - begin);
      Force force = age.compareTo(settings.grace()) > 0 ? Force.KILL : first();
      switch (look.at(force, since, asked)) {
        case NOTHING -> clean++;
        case PERHAPS -> pause(SHORTEST_PAUSE);
        case SOMETHING -> {
          clean = 0;
          if (!warned && age.compareTo(settings.grace().plus(settings.patience())) > 0) {
            warned = true;
            LOG.warn(
                "descendants of process {} do not end even by force, on a file system that hangs"
                    + " perhaps: waiting for them",
                pid);
          }
          pause(pause);
          pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
      }
      since = System.nanoTime();
    }
  }

  private synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** A pause that an end by force cuts short. */
  private synchronized void pause(Duration time) {
    boolean before = forced;
    boolean interrupted = false;
    long end = System.nanoTime() + time.toNanos();
    for (long rest = time.toNanos(); rest > 0 && !abandoned && forced == before; ) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, rest);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      rest = end - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
