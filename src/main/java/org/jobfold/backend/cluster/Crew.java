package org.jobfold.backend.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jobfold.backend.cluster.AgentLink.Going;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.comm.Host;
import org.jobfold.control.LeadPort;
import org.jobfold.control.Peer;
import org.jobfold.control.PeerHandler;
import org.jobfold.control.Secret;
import org.jobfold.spi.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of one session, from their invitation to their end: the lead's end of the star. It
 * knows hosts and messages; which order is where, it does not know.
 *
 * <p>Thread-safe. Closed by who gathered it.
 */
final class Crew implements PeerHandler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

  /** Told what the agents say; never two at a time of one agent. */
  interface Listener {
    /** Something happened to a process of a host. */
    void happened(Host host, SessionEvent event);

    /** An agent that was up is gone. */
    void gone(Host host, AgentLink.Gone gone);
  }

  private final Map<Host, AgentLink> links = new LinkedHashMap<>();
  private final Map<Peer, AgentLink> peers = new ConcurrentHashMap<>();
  private final AgentStarter starter;
  private final LeadFile file;
  private Optional<LeadPort> port = Optional.empty();
  private Consumer<String> notes = line -> {};
  private Optional<Listener> listener = Optional.empty();

  private Crew(List<Host> hosts, AgentStarter starter, LeadFile file) {
    hosts.forEach(host -> links.put(host, new AgentLink(host)));
    this.starter = starter;
    this.file = file;
  }

  /**
   * Invites agents to hosts, and waits until each has come, or can not, or the patience is over.
   *
   * @throws IOException if this host can be reached by none
   */
  static Crew gather(
      Path root, List<Host> hosts, AgentStarter starter, LocalOptions local, ClusterOptions options)
      throws IOException, InterruptedException {
    Crew crew = new Crew(hosts, starter, LeadFile.make(root, hosts));
    boolean gathered = false;
    try {
      crew.invite(root, local, options);
      crew.awaitAll(options.patience());
      gathered = true;
      return crew;
    } finally {
      if (!gathered) {
        crew.close();
      }
    }
  }

  private void invite(Path root, LocalOptions local, ClusterOptions options) throws IOException {
    Secret secret = Secret.random();
    InetSocketAddress bind = new InetSocketAddress(options.leadAddress().orElse("0.0.0.0"), 0);
    if (bind.isUnresolved()) {
      throw new IOException("there is no address '" + bind.getHostString() + "'");
    }
    LeadPort opened = LeadPort.open(bind, secret, options.lease(), this);
    port = Optional.of(opened);
    List<Host> hosts = List.copyOf(links.keySet());
    int number = opened.address().getPort();
    TreeMap<String, String> environment = new TreeMap<>(options.environment());
    environment.putAll(local.env());
    AgentInvitation invitation =
        new AgentInvitation(
            options
                .leadAddress()
                .map(address -> List.of(new InetSocketAddress(address, number)))
                .orElseGet(() -> LeadAddresses.of(hosts, number)),
            secret,
            root,
            file.name(),
            options.lease(),
            options.patience(),
            local.withEnv(environment));
    starter.start(hosts, invitation, this::failed);
  }

  private void awaitAll(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (AgentLink link : links.values()) {
      try {
        link.settled().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        link.gone(
            Going.NEVER_CAME,
            "nothing was heard of its agent within " + patience.toSeconds() + " seconds");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The hosts whose agents never came, and why. */
  Map<Host, String> missing() {
    Map<Host, String> missing = new LinkedHashMap<>();
    links.forEach(
        (host, link) ->
            link.gone()
                .filter(gone -> gone.how() == Going.NEVER_CAME)
                .ifPresent(gone -> missing.put(host, gone.why())));
    return missing;
  }

  /** The hosts whose agents are up. */
  List<Host> up() {
    return links.values().stream().filter(AgentLink::isUp).map(AgentLink::host).toList();
  }

  /** Asks the agent of a host for something. */
  void send(Host host, ToAgent message) {
    link(host).send(message);
  }

  /** Asks all agents for something that each answers once; gives what they said, host by host. */
  Map<Host, List<String>> ask(ToAgent message, Consumer<String> told) throws InterruptedException {
    return ask(any -> message, told);
  }

  private Map<Host, List<String>> ask(Function<Host, ToAgent> message, Consumer<String> told)
      throws InterruptedException {
    synchronized (this) {
      notes = told;
    }
    Map<Host, CompletableFuture<List<String>>> answers = new LinkedHashMap<>();
    links.forEach((host, link) -> answers.put(host, link.ask(message.apply(host))));
    Map<Host, List<String>> lines = new LinkedHashMap<>();
    for (Map.Entry<Host, CompletableFuture<List<String>>> answer : answers.entrySet()) {
      try {
        lines.put(answer.getKey(), answer.getValue().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    return lines;
  }

  /** From now on, a listener is told what happens; at once, which agents have gone before. */
  void listen(Listener told) {
    Map<Host, AgentLink.Gone> before = new LinkedHashMap<>();
    synchronized (this) {
      listener = Optional.of(told);
      links.forEach((host, link) -> link.gone().ifPresent(gone -> before.put(host, gone)));
    }
    before.forEach(told::gone);
  }

  /** The traces of dead leads are not needed any more. */
  void forgetOthers() throws IOException {
    file.removeOthers();
  }

  private AgentLink link(Host host) {
    AgentLink link = links.get(host);
    if (link == null) {
      throw new IllegalArgumentException("host '" + host + "' is not of this allocation");
    }
    return link;
  }

  private synchronized Optional<Listener> listener() {
    return listener;
  }

  private void failed(Host host, String why) {
    link(host).gone(Going.NEVER_CAME, why);
  }

  @Override
  public void joined(Peer peer, byte[] hello) {
    try {
      Hello said = Hello.read(hello);
      Optional<AgentLink> link = expected(said.host());
      if (link.isEmpty()) {
        LOG.warn(
            "an agent at {} goes by the name '{}', which is no host of this run",
            peer.address(),
            said.host());
        peer.close();
      } else if (!said.schema().equals(Hello.SCHEMA)) {
        refuse(link.get(), peer, "it has another version of jobfold: use the same on all hosts");
      } else if (!said.refusal().isEmpty()) {
        refuse(link.get(), peer, said.refusal());
      } else if (!isUp(link.get(), peer)) {
        LOG.debug("a second or late agent of host '{}' is not needed", said.host());
        peer.close();
      }
    } catch (UnreadableException e) {
      LOG.warn("a member at {} is no agent: {}", peer.address(), e.getMessage());
      peer.close();
    }
  }

  private boolean isUp(AgentLink link, Peer peer) {
    peers.put(peer, link);
    boolean up = link.up(peer);
    if (!up) {
      peers.remove(peer);
    }
    return up;
  }

  private static void refuse(AgentLink link, Peer peer, String why) {
    link.gone(Going.NEVER_CAME, why);
    peer.close();
  }

  /** The host of this name; or the only one that has it up to the first dot. */
  private Optional<AgentLink> expected(Host host) {
    if (links.containsKey(host)) {
      return Optional.of(link(host));
    }
    List<AgentLink> alike = new ArrayList<>();
    links.forEach(
        (name, link) -> {
          if (shortName(name).equals(shortName(host))) {
            alike.add(link);
          }
        });
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static String shortName(Host host) {
    int dot = host.name().indexOf('.');
    return dot < 0 ? host.name() : host.name().substring(0, dot);
  }

  @Override
  public void received(Peer peer, byte[] message) {
    Optional<AgentLink> link = of(peer);
    if (link.isEmpty() || !link.get().isUp()) {
      return;
    }
    try {
      take(link.get(), ToLead.CODEC.value(message));
    } catch (UnreadableException e) {
      LOG.error("what the agent of host '{}' says can not be read", link.get().host(), e);
      gone(link.get(), Going.LOST, "what its agent says can not be read: " + e.getMessage());
      peer.close();
    }
  }

  private void take(AgentLink link, ToLead message) {
    if (message instanceof ToLead.Happened happened) {
      listener().ifPresent(told -> told.happened(link.host(), happened.event()));
    } else if (message instanceof ToLead.Swept swept) {
      link.answered(swept.lines());
    } else if (message instanceof ToLead.Noted noted) {
      Consumer<String> told;
      synchronized (this) {
        told = notes;
      }
      told.accept("host '" + link.host() + "': " + noted.line());
    } else if (message instanceof ToLead.Awaited) {
      link.answered(List.of());
    } else {
      gone(link, Going.LEFT, "it was closed");
    }
  }

  @Override
  public void left(Peer peer) {
    of(peer).ifPresent(link -> gone(link, Going.LEFT, "its agent was ended there"));
  }

  @Override
  public void lost(Peer peer, String reason) {
    of(peer).ifPresent(link -> gone(link, Going.LOST, reason));
  }

  private void gone(AgentLink link, Going how, String why) {
    if (link.gone(how, why)) {
      listener().ifPresent(told -> told.gone(link.host(), new AgentLink.Gone(how, why)));
    }
  }

  private Optional<AgentLink> of(Peer peer) {
    return Optional.ofNullable(peers.get(peer));
  }

  /** Waits for processes on all hosts. */
  void await(Map<Host, List<Long>> pids, Consumer<String> told) throws InterruptedException {
    ask(host -> new ToAgent.Await(pids.getOrDefault(host, List.of())), told);
  }

  /** Lets the agents go; who has not closed before ends all that it runs. */
  @Override
  public void close() {
    links.values().forEach(AgentLink::close);
    port.ifPresent(LeadPort::close);
    starter.close();
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("the file of this lead can not be removed: {}", e.toString());
    }
  }
}
