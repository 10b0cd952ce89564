package org.jobfold.backend.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jobfold.comm.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts agents by a line of the site's, {@code ssh} where nothing is said: one process a host,
 * which lives as long as its agent does.
 *
 * <p>A signal from the terminal does not reach these processes: it is the lead that ends the run.
 */
public final class LineStarter implements AgentStarter {
  private static final Logger LOG = LoggerFactory.getLogger(LineStarter.class);
  private static final int KEPT = 10;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
  private static final List<String> UNTOUCHED =
      List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "jobfold-start");

  private final StartLine line;
  private final List<Process> processes = new ArrayList<>();

  /** How often it was closed: a start from before that is none any more. */
  private int closings;

  /** Starts by this line. */
  public LineStarter(StartLine line) {
    this.line = line;
  }

  @Override
  public void start(List<Host> hosts, AgentInvitation invitation, Trouble trouble) {
    int before;
    synchronized (this) {
      before = closings;
    }
    for (Host host : hosts) {
      Thread thread =
          new Thread(
              () -> attend(host, invitation, trouble, before), "jobfold-start-" + host.name());
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void attend(Host host, AgentInvitation invitation, Trouble trouble, int before) {
    List<String> argv = line.argv(host, AgentInvitation.shellCommand());
    List<String> first = new ArrayList<>();
    Deque<String> last = new ArrayDeque<>();
    try {
      List<String> words = new ArrayList<>(UNTOUCHED);
      words.addAll(argv);
      Process process;
      synchronized (this) {
        if (closings != before) {
          return;
        }
        process = new ProcessBuilder(words).redirectErrorStream(true).start();
        processes.add(process);
      }
      hand(invitation.line(host), process);
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        for (String one = output.readLine(); one != null; one = output.readLine()) {
          pass(host, one);
          if (first.size() < KEPT) {
            first.add(one);
          } else {
            last.addLast(one);
          }
          if (last.size() > KEPT) {
            last.removeFirst();
          }
        }
      }
      int code = process.waitFor();
      first.addAll(last);
      trouble.failed(host, ended(argv.get(0), code, first));
    } catch (IOException e) {
      trouble.failed(host, "'" + argv.get(0) + "' can not be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What an agent warns of is for people; the rest is if it does not come up. */
  private static void pass(Host host, String line) {
    if (line.contains(" WARN ") || line.contains(" ERROR ")) {
      LOG.warn("host '{}' says: {}", host, line);
    } else {
      LOG.debug("host '{}' says: {}", host, line);
    }
  }

  /** One that does not take it has ended, and its output says why. */
  private static void hand(String invitation, Process process) {
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(invitation + "\n");
    } catch (IOException e) {
      LOG.debug("an invitation was not taken", e);
    }
  }

  private static String ended(String program, int code, List<String> said) {
    return "'"
        + program
        + "' ended with exit code "
        + code
        + (said.isEmpty() ? ", and said nothing" : ", and said: " + String.join(" | ", said));
  }

  @Override
  public void close() {
    List<Process> left;
    synchronized (this) {
      closings++;
      left = List.copyOf(processes);
      processes.clear();
    }
    long deadline = System.nanoTime() + PATIENCE;
    for (Process process : left) {
      try {
        if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          process.destroy();
        }
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
  }
}
