package org.jobfold.control;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Measures the star, with all of it in this JVM. Arguments: the number of members, the seconds to
 * be idle, the number of messages. Prints, in one line: the milliseconds until all have joined, the
 * milliseconds of processor time for each second of waiting, the messages a second, and the threads
 * of the connections.
 */
final class ControlBench {
  private static final int WARM_UP = 8;
  private static final int ROUNDS = 3;

  private ControlBench() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int members = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int messages = Integer.parseInt(arguments[2]);
    Secret secret = Secret.random();
    Counter counter = new Counter();
    try (LeadPort port = LeadPort.open(StarTest.loopback(0), secret, Lease.DEFAULT, counter)) {
      for (int i = 0; i < WARM_UP; i++) {
        join(port, secret, counter);
      }
      counter.await(WARM_UP);
      long begin = System.nanoTime();
      Peer one = join(port, secret, counter);
      for (int i = 1; i < members; i++) {
        join(port, secret, counter);
      }
      counter.await(members);
      double join = (System.nanoTime() - begin) / 1e6;
      TimeUnit.SECONDS.sleep(2);
      double used = used();
      TimeUnit.SECONDS.sleep(seconds);
      double idle = (used() - used) / seconds;
      double rate = 0;
      for (int i = 0; i < ROUNDS; i++) {
        rate = Math.max(rate, rate(one, messages, counter));
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("jobfold-control"))
              .count();
      System.out.printf(Locale.ROOT, "%.1f %.2f %.0f %d%n", join, idle, rate, threads);
    }
  }

  private static Peer join(LeadPort port, Secret secret, PeerHandler handler) throws IOException {
    return MemberPort.join(
        port.address(), secret, Lease.DEFAULT, new byte[0], Duration.ofSeconds(20), handler);
  }

  private static double rate(Peer member, int messages, Counter counter) {
    byte[] message = new byte[100];
    long begin = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      member.send(message);
    }
    counter.await(messages);
    return messages / ((System.nanoTime() - begin) / 1e9);
  }

  private static double used() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e6;
  }

  /** Counts what it is told. */
  private static final class Counter implements PeerHandler {
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<@Nullable String> loss = new AtomicReference<>();

    void await(long wanted) {
      while (count.get() < wanted) {
        String reason = loss.get();
        if (reason != null) {
          throw new IllegalStateException("a peer was lost: " + reason);
        }
        LockSupport.parkNanos(100_000);
      }
      count.addAndGet(-wanted);
    }

    @Override
    public void joined(Peer peer, byte[] hello) {
      count.incrementAndGet();
    }

    @Override
    public void received(Peer peer, byte[] message) {
      count.incrementAndGet();
    }

    @Override
    public void left(Peer peer) {}

    @Override
    public void lost(Peer peer, String reason) {
      loss.compareAndSet(null, reason);
    }
  }
}
