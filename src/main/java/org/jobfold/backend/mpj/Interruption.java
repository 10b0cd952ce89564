package org.jobfold.backend.mpj;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jobfold.thread.Daemons;

/**
 * How one call is asked to end. Its thread is interrupted only inside the call, never while
 * jobfold's own messages are under way.
 *
 * <p>Where ranks talk over a network, an interrupt in MPI does not end a wait, and closes the
 * channel to the other rank if it is a send: so the thread is interrupted only while it waits, and
 * not in MPI. Where it does not when it is asked, it is looked at again and again until it does.
 */
final class Interruption {
  private static final Pattern MPI = Pattern.compile("(mpi|mpjdev|mpjbuf|xdev)\\..*");
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private static final Duration LOOKS = Duration.ofMillis(50);

  private final MpjArguments.Device device;
  private Optional<Thread> inside = Optional.empty();
  private boolean asked;

  Interruption(MpjArguments.Device device) {
    this.device = device;
  }

  /** Asks; once is as good as several times. */
  synchronized void ask() {
    boolean first = !asked;
    asked = true;
    if (first && !tryToInterrupt()) {
      Daemons.start("interruption", this::insist);
    }
  }

  private void insist() {
    try {
      do {
        TimeUnit.NANOSECONDS.sleep(LOOKS.toNanos());
      } while (!tryToInterrupt());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts if that is possible now; whether nothing is left to be done. */
  private synchronized boolean tryToInterrupt() {
    Optional<Thread> now = inside.filter(this::mayBeInterrupted);
    now.ifPresent(Thread::interrupt);
    return inside.isEmpty() || now.isPresent();
  }

  synchronized boolean isAsked() {
    return asked;
  }

  /** The current thread is about to make the call; false if it is not to. */
  synchronized boolean begin() {
    if (asked) {
      return false;
    }
    inside = Optional.of(Thread.currentThread());
    return true;
  }

  /** The current thread has made the call: it is not interrupted any more, nor was it. */
  void end() {
    synchronized (this) {
      inside = Optional.empty();
    }
    Thread.interrupted();
  }

  private boolean mayBeInterrupted(Thread thread) {
    return device == MpjArguments.Device.MEMORY
        || (WAITING.contains(thread.getState())
            && Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> MPI.matcher(frame.getClassName()).matches()));
  }
}
