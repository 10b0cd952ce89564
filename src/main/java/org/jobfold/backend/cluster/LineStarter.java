package org.jobfold.backend.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jobfold.comm.Host;
import org.jobfold.thread.Daemons;

/**
 * Starts agents by a line of the site's, {@code ssh} where nothing is said: one process a host,
 * which lives as long as its agent does.
 *
 * <p>A signal from the terminal does not reach these processes: it is the lead that ends the run.
 */
public final class LineStarter implements AgentStarter {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

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
      Daemons.start(
          "jobfold-start-" + host.name(), () -> attend(host, invitation, trouble, before));
    }
  }

  private void attend(Host host, AgentInvitation invitation, Trouble trouble, int before) {
    List<String> argv = line.argv(host, AgentInvitation.shellCommand());
    try {
      StartProcess start;
      synchronized (this) {
        if (closings != before) {
          return;
        }
        start = StartProcess.start(argv, List.of());
        processes.add(start.process());
      }
      trouble.failed(host, start.attend(invitation.line(host), "host '" + host + "'"));
    } catch (IOException e) {
      trouble.failed(host, "'" + argv.get(0) + "' can not be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
