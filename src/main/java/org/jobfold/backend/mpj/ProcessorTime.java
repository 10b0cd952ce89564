package org.jobfold.backend.mpj;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What threads used of processors.
 *
 * @param user in user mode; zero where it is not known
 * @param system in the kernel; zero where it is not known
 */
record ProcessorTime(Duration user, Duration system) {
  static final ProcessorTime NONE = new ProcessorTime(Duration.ZERO, Duration.ZERO);

  /** What the current thread has used since it was started. */
  static ProcessorTime ofThisThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    if (!threads.isCurrentThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
      return NONE;
    }
    long all = Math.max(0, threads.getCurrentThreadCpuTime());
    // The kernel counts user time in ticks: it may be ahead of the sum.
    long user = Math.max(0, Math.min(threads.getCurrentThreadUserTime(), all));
    return new ProcessorTime(Duration.ofNanos(user), Duration.ofNanos(all - user));
  }

  ProcessorTime plus(ProcessorTime other) {
    return new ProcessorTime(user.plus(other.user), system.plus(other.system));
  }
}
