package org.jobfold.backend.slurm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobfold.allocation.OuterLauncher;
import org.jobfold.backend.cluster.AgentInvitation;
import org.jobfold.backend.cluster.AgentStarter;
import org.jobfold.comm.Host;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings agents to all hosts by one srun, which hands the invitation to each of them on its
 * standard input. A host that dies takes its agent alone with it.
 *
 * <p>What the step's exit code says is not believed: whether an agent lives, its lease tells.
 */
public final class SrunStarter implements AgentStarter {
  private static final Logger LOG = LoggerFactory.getLogger(SrunStarter.class);
  private static final int KEPT = 20;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

  /**
   * Signals of the terminal and of the batch system are for the lead, which then lets go of all.
   */
  private static final List<String> UNTOUCHED =
      List.of("/bin/sh", "-c", "trap '' HUP INT QUIT USR1; exec \"$@\"", "jobfold-start");

  private Optional<Process> srun = Optional.empty();
  private boolean closed;

  @Override
  public synchronized void start(List<Host> hosts, AgentInvitation invitation, Trouble trouble)
      throws IOException {
    if (closed || hosts.isEmpty()) {
      return;
    }
    List<String> words = new ArrayList<>(UNTOUCHED);
    words.addAll(SlurmQuestions.agents(hosts, AgentInvitation.command()));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeAll(OuterLauncher.misleading(List.copyOf(builder.environment().keySet())));
    Process process = builder.start();
    srun = Optional.of(process);
    Thread thread =
        new Thread(() -> attend(process, hosts, invitation, trouble), "jobfold-start-srun");
    thread.setDaemon(true);
    thread.start();
  }

  private static void attend(
      Process process, List<Host> hosts, AgentInvitation invitation, Trouble trouble) {
    Deque<String> said = new ArrayDeque<>();
    try {
      hand(invitation.line(), process);
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          pass(line);
          said.addLast(line);
          if (said.size() > KEPT) {
            said.removeFirst();
          }
        }
      }
      int code = process.waitFor();
      String why =
          "'srun' ended with exit code "
              + code
              + (said.isEmpty() ? ", and said nothing" : ", and said: " + String.join(" | ", said));
      hosts.forEach(host -> trouble.failed(host, why));
    } catch (IOException e) {
      hosts.forEach(host -> trouble.failed(host, "'srun' can not be heard: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What an agent warns of is for people; the rest is if it does not come up. */
  private static void pass(String line) {
    if (line.contains(" WARN ") || line.contains(" ERROR ")) {
      LOG.warn("an agent says: {}", line);
    } else {
      LOG.debug("srun says: {}", line);
    }
  }

  /** If srun does not take it, it has ended, and its output says why. */
  private static void hand(String invitation, Process process) {
    try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
      input.write(invitation + "\n");
    } catch (IOException e) {
      LOG.debug("an invitation was not taken", e);
    }
  }

  @Override
  public void close() {
    Optional<Process> left;
    synchronized (this) {
      closed = true;
      left = srun;
    }
    left.ifPresent(SrunStarter::end);
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
        // A host that died keeps srun waiting for it.
        process.destroy();
        if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
