package org.jobfold.backend.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jobfold.allocation.OuterLauncher;
import org.jobfold.allocation.VisibleGpus;
import org.jobfold.backend.local.GpuUse;
import org.jobfold.backend.local.LocalBackend;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.backend.local.ThisHost;
import org.jobfold.comm.Host;
import org.jobfold.control.MemberPort;
import org.jobfold.control.Peer;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.thread.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that starts and ends processes on a host for a lead on another one. It reads its
 * {@linkplain AgentInvitation invitation} from standard input, joins, and serves until the lead
 * lets it go, or is not heard of for the time of the lease: then it kills all that it has started,
 * and ends. What kills it kills those processes too.
 *
 * <p>It writes nothing in the tree but what trials write there, and says nothing on standard
 * output. Its exit codes: 0 let go in order; 2 not invited, or it can not serve; 3 the lead was
 * lost.
 */
public final class Agent {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
  private static final int SERVED = 0;
  private static final int REFUSED = 2;
  private static final int LOST = 3;
  private static final Duration LONGEST_SIGHT = Duration.ofSeconds(10);
  private static final Duration LONGEST_END = Duration.ofSeconds(3);
  private static final Duration ONE_TRY = Duration.ofSeconds(3);

  private Agent() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    int code = REFUSED;
    try {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = input.readLine();
      code = serve(AgentInvitation.read(line == null ? "" : line));
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("this agent ends in an error of jobfold", e);
      code = LOST;
    }
    // Whatever still runs, the guard of the launcher ends.
    Runtime.getRuntime().halt(code);
  }

  private static int serve(AgentInvitation.Read read) throws IOException, InterruptedException {
    AgentInvitation invitation = read.invitation();
    Host host = read.host().orElseGet(() -> new Host(ThisHost.nodeName(System.getenv())));
    Optional<String> refusal = AgentService.refusal(invitation, LONGEST_SIGHT);
    Pulse pulse = new Pulse(invitation.lease().silence(), System::nanoTime);
    AgentService service = new AgentService(backend(invitation), pulse);
    Hello hello = new Hello(Hello.SCHEMA, host, refusal.orElse(""));
    try (StopGuard guard = StopGuard.start(invitation.lease().silence())) {
      Daemons.start("agent-pulse", () -> beat(pulse, guard, service));
      Peer lead = join(invitation, hello, service);
      if (refusal.isPresent()) {
        LOG.error("{}", refusal.get());
      }
      Thread asked = new Thread(() -> leave(service, lead), "agent-asked-to-end");
      Runtime.getRuntime().addShutdownHook(asked);
      AgentService.End end = service.end().join();
      closeQuickly(service);
      return refusal.isPresent() ? REFUSED : end == AgentService.End.IN_ORDER ? SERVED : LOST;
    }
  }

  /** Tries the addresses of the lead in turn: not each of its networks need be one of this host. */
  private static Peer join(AgentInvitation invitation, Hello hello, AgentService service)
      throws IOException {
    long deadline = System.nanoTime() + invitation.patience().toNanos();
    IOException last = new IOException("there was no time to join the lead");
    boolean only = invitation.leads().size() == 1;
    while (System.nanoTime() - deadline < 0) {
      for (InetSocketAddress lead : invitation.leads()) {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        try {
          return MemberPort.join(
              lead,
              invitation.secret(),
              invitation.lease(),
              hello.bytes(),
              only || left.compareTo(ONE_TRY) < 0 ? left : ONE_TRY,
              service);
        } catch (IOException e) {
          LOG.info("the lead can not be joined at '{}': {}", lead, e.getMessage());
          last = e;
        }
      }
    }
    throw last;
  }

  private static void beat(Pulse pulse, StopGuard guard, AgentService service) {
    try {
      while (pulse.beats()) {
        guard.beat();
        TimeUnit.MILLISECONDS.sleep(500);
      }
      LOG.warn("this agent was stopped for so long that its lead has given it up: ending");
      service.end(AgentService.End.LOST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asked by a signal: what runs here ends first, so that the lead need not wait. */
  private static void leave(AgentService service, Peer lead) {
    try {
      service.leave();
    } catch (InterruptedException e) {
      // what runs is ended by the guard of the launcher
    }
    lead.close();
  }

  /** Processes that do not end at once are left to the guard, which does not give up. */
  private static void closeQuickly(AgentService service) throws InterruptedException {
    Thread closing = Daemons.start("agent-close", service::close);
    closing.join(LONGEST_END.toMillis());
  }

  /** This host, whose trials find the variables of the lead, save for what is a host's own. */
  private static LocalBackend backend(AgentInvitation invitation) {
    Path root = invitation.root();
    Map<String, String> variables = invitation.local().env();
    Set<String> hidden =
        System.getenv().keySet().stream()
            .filter(name -> !variables.containsKey(name) && !HostVariables.isOne(name))
            .collect(Collectors.toCollection(HashSet::new));
    hidden.addAll(OuterLauncher.misleading(System.getenv().keySet()));
    LauncherSettings settings = LauncherSettings.standard().hiding(hidden);
    GpuUse gpus = invitation.local().gpus().on(VisibleGpus.ids(System.getenv()));
    return new LocalBackend(
        root,
        () -> Launchers.best(settings),
        invitation.local().withGpus(gpus).withDoubt(LocalOptions.DOUBT));
  }
}
