package org.jobfold.backend.cluster;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jobfold.control.Peer;
import org.jobfold.control.PeerHandler;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.thread.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent does for its lead: the work of a {@link Session} of its own host.
 *
 * <p>Once it has ended, for whatever reason, nothing that the lead has asked for is done any more.
 */
final class AgentService implements PeerHandler {
  private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);

  /** How it ended. */
  enum End {
    /** As the lead has asked. */
    IN_ORDER,
    /** Without its lead. */
    LOST
  }

  /** So long after it is asked to end the lead may take to ask the same. */
  private static final Duration LEAD_FOLLOWS = Duration.ofSeconds(2);

  private final Leaving leaving = new Leaving();
  private final Backend host;
  private final Session session;
  private final Pulse pulse;
  private final CompletableFuture<Peer> lead = new CompletableFuture<>();
  private final CompletableFuture<End> end = new CompletableFuture<>();

  /** Sweeps and waits, which take long, one after another. */
  private final ExecutorService slow =
      Executors.newSingleThreadExecutor(Daemons.named("agent-work"));

  /** Serves with this host, which is its own alone. */
  AgentService(Backend host, Pulse pulse) {
    this.host = host;
    this.pulse = pulse;
    this.session = host.open(this::tell);
  }

  /** How it ends, once it does. */
  CompletableFuture<End> end() {
    return end;
  }

  /** Ends it. */
  void end(End how) {
    end.complete(how);
  }

  /** Ends, by force, all that runs. */
  void close() {
    session.close();
  }

  @Override
  public void joined(Peer peer, byte[] hello) {
    throw new IllegalStateException("nobody joins an agent");
  }

  @Override
  public void received(Peer peer, byte[] message) {
    lead.complete(peer);
    if (!pulse.beats()) {
      LOG.warn("this agent was stopped for so long that its lead has given it up: ending");
      end(End.LOST);
    }
    if (end.isDone()) {
      return;
    }
    try {
      take(ToAgent.CODEC.value(message), peer);
    } catch (UnreadableException e) {
      LOG.error("a message of the lead can not be read: ending", e);
      end(End.LOST);
    }
  }

  private void take(ToAgent message, Peer peer) {
    if (message instanceof ToAgent.Launch launch) {
      if (leaving.launches(launch.order().id())) {
        session.launch(launch.order());
      }
    } else if (message instanceof ToAgent.End ending) {
      leaving.ends(ending.id()).ifPresent(ended -> send(peer, new ToLead.Happened(ended)));
      session.end(ending.id(), ending.force());
    } else if (message instanceof ToAgent.Signal signal) {
      session.signal(signal.id(), signal.number());
    } else if (message instanceof ToAgent.Sweep sweep) {
      slowly(() -> send(peer, new ToLead.Swept(host.sweep(sweep.grace()))));
    } else if (message instanceof ToAgent.Await await) {
      slowly(
          () -> {
            host.await(await.earlier(), line -> send(peer, new ToLead.Noted(line)));
            send(peer, new ToLead.Awaited());
          });
    } else {
      slowly(
          () -> {
            session.close();
            send(peer, new ToLead.Closed());
          });
    }
  }

  /** What may take long. */
  @FunctionalInterface
  private interface Work {
    void perform() throws InterruptedException;
  }

  private void slowly(Work work) {
    slow.execute(
        () -> {
          try {
            work.perform();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | Error e) {
            LOG.error("this agent ends in an error of jobfold", e);
            end(End.LOST);
          }
        });
  }

  private void tell(SessionEvent event) {
    // Nothing happens before something was asked for, by the lead, which is known then.
    if (leaving.tells(event)) {
      send(lead.join(), new ToLead.Happened(event));
    }
  }

  /**
   * Somebody who is not the lead asks this host to end. If the lead asks the same of all that runs
   * here, as when the whole job is cancelled, that has its time to end, and the lead is told. If
   * not, it is ended by force, and told no more: so the lead takes it for lost with the host, and
   * not for failed.
   */
  void leave() throws InterruptedException {
    leaving.begin();
    leaving.awaitEnd(LEAD_FOLLOWS);
    close();
  }

  private static void send(Peer peer, ToLead message) {
    peer.send(ToLead.CODEC.bytes(message));
  }

  @Override
  public void left(Peer peer) {
    end(End.IN_ORDER);
  }

  @Override
  public void lost(Peer peer, String reason) {
    if (!end.isDone()) {
      LOG.warn("the lead is lost: {}: ending all that runs here", reason);
    }
    end(End.LOST);
  }

  /**
   * Why this host can not serve for a tree, if it can not.
   *
   * @param patience how long a shared file system may take to show what is new
   */
  static Optional<String> refusal(AgentInvitation invitation, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!LeadFile.isSeen(invitation.root(), invitation.sight())) {
      if (System.nanoTime() - deadline > 0) {
        String what =
            Files.isDirectory(invitation.root())
                ? "is another one there, or is not up to date"
                : "is not there";
        return Optional.of(
            "the tree '"
                + invitation.root()
                + "' "
                + what
                + ": put it on a file system that all hosts share, under one path");
      }
      Thread.sleep(100);
    }
    return Optional.empty();
  }
}
