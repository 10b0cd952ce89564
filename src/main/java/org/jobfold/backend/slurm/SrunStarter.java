package org.jobfold.backend.slurm;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobfold.allocation.OuterLauncher;
import org.jobfold.backend.cluster.AgentInvitation;
import org.jobfold.backend.cluster.AgentStarter;
import org.jobfold.backend.cluster.StartProcess;
import org.jobfold.comm.Host;
import org.jobfold.thread.Daemons;

/**
 * Brings agents to all hosts by one srun, which hands the invitation to each of them on its
 * standard input. A host that dies takes its agent alone with it.
 *
 * <p>What the step's exit code says is not believed: whether an agent lives, its lease tells.
 */
public final class SrunStarter implements AgentStarter {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);

  private Optional<Process> srun = Optional.empty();
  private boolean closed;

  @Override
  public synchronized void start(List<Host> hosts, AgentInvitation invitation, Trouble trouble)
      throws IOException {
    if (closed || hosts.isEmpty()) {
      return;
    }
    StartProcess start =
        StartProcess.start(
            SlurmQuestions.agents(hosts, AgentInvitation.command()),
            OuterLauncher.misleading(List.copyOf(System.getenv().keySet())));
    srun = Optional.of(start.process());
    Daemons.start("jobfold-start-srun", () -> attend(start, hosts, invitation, trouble));
  }

  private static void attend(
      StartProcess start, List<Host> hosts, AgentInvitation invitation, Trouble trouble) {
    try {
      String why = start.attend(invitation.line(), "an agent");
      hosts.forEach(host -> trouble.failed(host, why));
    } catch (IOException e) {
      hosts.forEach(host -> trouble.failed(host, "'srun' can not be heard: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
