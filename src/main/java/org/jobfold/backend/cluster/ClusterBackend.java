package org.jobfold.backend.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jobfold.backend.local.LocalBackend;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.launch.Launcher;
import org.jobfold.spi.Backend;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;

/**
 * An allocation of several hosts that see one tree. Agents come to them when the first thing is
 * asked of them: the caller holds the tree then.
 *
 * <p>A host that does not come up is lost at once, which its session tells; where there would be
 * none at all, or where the options want all of them, that is refused.
 */
public final class ClusterBackend implements Backend {
  private final Path root;
  private final Placement allocation;
  private final Optional<Host> here;
  private final List<Host> others;
  private final LocalBackend local;
  private final LocalOptions localOptions;
  private final AgentStarter starter;
  private final ClusterOptions options;

  /** Those who have come, and wait for a session. */
  private Optional<Crew> waiting = Optional.empty();

  /**
   * An allocation.
   *
   * @param root the directory of the tree on all hosts; folder {@code /a/b} is in {@code a/b} below
   *     it
   * @param here this host as the allocation calls it; where it has no ranks, it only leads
   * @param launchers gives each session a launcher for this host, which the session closes
   * @param local how this host, and the others, start programs
   * @param starter brings agents to the other hosts; closed with each session
   */
  public ClusterBackend(
      Path root,
      Placement allocation,
      Host here,
      Supplier<Launcher> launchers,
      LocalOptions local,
      AgentStarter starter,
      ClusterOptions options) {
    this.root = root.toAbsolutePath().normalize();
    this.allocation = allocation;
    this.here = allocation.hosts().contains(here) ? Optional.of(here) : Optional.empty();
    this.others = allocation.hosts().stream().filter(host -> !host.equals(here)).toList();
    this.local = new LocalBackend(this.root, launchers, local);
    this.localOptions = local;
    this.starter = starter;
    this.options = options;
  }

  @Override
  public Placement allocation() {
    return allocation;
  }

  @Override
  public synchronized Placement present() {
    Set<Host> missing = waiting.map(crew -> crew.missing().keySet()).orElse(Set.of());
    return new Placement(
        allocation.shares().stream().filter(share -> !missing.contains(share.host())).toList());
  }

  @Override
  public int coresPerRank() {
    return localOptions.coresPerRank();
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return local.noRoom(directory);
  }

  /** What keeps folders from being started on this host; the others have the same programs. */
  @Override
  public List<Problem> problems(JobTree tree) {
    return here.isPresent() ? local.problems(tree) : List.of();
  }

  @Override
  public void await(Collection<EarlierProcess> earlier, Consumer<String> notes)
      throws InterruptedException {
    Crew crew = crew();
    Map<Host, List<Long>> there = new LinkedHashMap<>();
    crew.up().forEach(host -> there.put(host, new ArrayList<>()));
    List<EarlierProcess> rest = new ArrayList<>();
    for (EarlierProcess process : earlier) {
      Optional<Host> host = process.host();
      if (host.isPresent() && there.containsKey(host.get())) {
        there.getOrDefault(host.get(), new ArrayList<>()).add(process.pid());
      } else if (host.isPresent() && !host.equals(here)) {
        rest.add(process);
      } else {
        rest.add(new EarlierProcess(Optional.empty(), process.pid()));
        if (host.isEmpty()) {
          there.values().forEach(pids -> pids.add(process.pid()));
        }
      }
    }
    crew.await(there, notes);
    local.await(rest, notes);
  }

  @Override
  public List<String> sweep(Duration grace) throws InterruptedException {
    long begin = System.nanoTime();
    Collection<Host> dead = DeadLead.hosts(root);
    Crew crew = crew();
    List<String> lines = new ArrayList<>();
    if (!dead.isEmpty()) {
      // An agent of a lead that died may not have noticed yet; then it ends what it runs by itself.
      TimeUnit.NANOSECONDS.sleep(
          Math.max(0, options.fence().toNanos() - (System.nanoTime() - begin)));
    }
    crew.ask(new ToAgent.Sweep(grace), line -> {})
        .forEach((host, said) -> said.forEach(line -> lines.add("host '" + host + "': " + line)));
    lines.addAll(local.sweep(grace));
    try {
      crew.forgetOthers();
    } catch (IOException e) {
      lines.add("what a dead run has left in '.jobfold' can not be removed: " + e.getMessage());
    }
    return lines;
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    Crew crew;
    try {
      crew = crew();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(
          List.of(Problem.of("hosts", "the start of their agents was interrupted")));
    }
    synchronized (this) {
      waiting = Optional.empty();
    }
    boolean open = false;
    try {
      Session session =
          new ClusterSession(allocation, here, local::open, crew, events, options.fence());
      open = true;
      return session;
    } finally {
      if (!open) {
        crew.close();
      }
    }
  }

  private synchronized Crew crew() throws InterruptedException {
    if (waiting.isPresent()) {
      return waiting.get();
    }
    Crew crew;
    try {
      crew = Crew.gather(root, others, starter, localOptions, options);
    } catch (IOException e) {
      throw new RefusedException(
          List.of(Problem.of("hosts", "agents can not be brought to them: " + e.getMessage())));
    }
    List<Problem> problems = problems(crew);
    if (!problems.isEmpty()) {
      crew.close();
      throw new RefusedException(problems);
    }
    waiting = Optional.of(crew);
    return crew;
  }

  private List<Problem> problems(Crew crew) {
    Map<Host, String> missing = new LinkedHashMap<>(crew.missing());
    boolean refused =
        options.missing() == ClusterOptions.Missing.REFUSE
            ? !missing.isEmpty()
            : here.isEmpty() && crew.up().isEmpty();
    List<Problem> problems = new ArrayList<>();
    if (refused) {
      missing.forEach(
          (host, why) ->
              problems.add(Problem.of("host '" + host + "'", "does not come up: " + why)));
    }
    return problems;
  }
}
