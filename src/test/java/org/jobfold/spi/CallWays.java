package org.jobfold.spi;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jobfold.call.CallContext;

/** What the calls of the contract do, alike where they have a JVM of their own and in ranks. */
public final class CallWays {
  /** CPU time that one of them takes, in nanoseconds. */
  static final long WORK = 300_000_000;

  private CallWays() {}

  /** Waits for a signal to the folder. */
  @FunctionalInterface
  interface Signals {
    int await() throws InterruptedException;
  }

  /** Does what the param {@code way} says. */
  static void perform(
      CallContext call, Map<String, String> environment, PrintStream out, Signals signals)
      throws IOException, InterruptedException {
    switch (call.text("way")) {
      case "print" -> out.println("hello " + call.trial());
      case "throw" -> throw new IllegalStateException("told to fail");
      case "file" -> Files.writeString(call.directory().resolve("result"), call.text("text"));
      case "environment" -> {
        for (String name : call.text("names").split(" ", -1)) {
          out.println(name + "=" + environment.get(name));
        }
      }
      case "wait" -> {
        ready(call);
        new CountDownLatch(1).await();
      }
      case "signal" -> {
        ready(call);
        out.println("told " + signals.await());
      }
      case "work" -> work();
      default -> throw new IllegalArgumentException(call.text("way"));
    }
  }

  /** Whether a file shows that the work was done, where the call is to say so. */
  static Optional<Boolean> successful(CallContext call) throws IOException {
    Path result = call.directory().resolve("result");
    return call.find("text").isEmpty()
        ? Optional.empty()
        : Optional.of(Files.exists(result) && Files.readString(result).equals("good"));
  }

  private static void ready(CallContext call) throws IOException {
    Files.writeString(call.directory().resolve("ready"), "");
  }

  private static void work() {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + WORK;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
