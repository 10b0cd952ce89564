package org.jobfold;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jobfold.allocation.Allocation;
import org.jobfold.allocation.Allocations;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.allocation.OuterLauncher;
import org.jobfold.allocation.VisibleGpus;
import org.jobfold.backend.cluster.AgentStarter;
import org.jobfold.backend.cluster.ClusterBackend;
import org.jobfold.backend.cluster.ClusterOptions;
import org.jobfold.backend.cluster.DeadLead;
import org.jobfold.backend.cluster.LineStarter;
import org.jobfold.backend.cluster.StartLine;
import org.jobfold.backend.local.CoreShare;
import org.jobfold.backend.local.GpuUse;
import org.jobfold.backend.local.LocalBackend;
import org.jobfold.backend.local.LocalOptions;
import org.jobfold.backend.local.MpiLine;
import org.jobfold.backend.local.ThisHost;
import org.jobfold.backend.slurm.SlurmCommands;
import org.jobfold.backend.slurm.SrunStarter;
import org.jobfold.cli.Allotment;
import org.jobfold.cli.Gpus;
import org.jobfold.cli.Outside;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.spi.Backend;

/** Makes the back end that is asked for. */
final class BackEnds implements Outside.Backends {
  /** How long a command of the batch system may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public Backend open(Outside.Request request) {
    List<Problem> problems = new ArrayList<>();
    MpiLine mpi = mpi(request, problems);
    if (request.allotment() instanceof Allotment.Given given) {
      AgentStarter starter = starter(given.start(), problems);
      LocalOptions local = eachHost(request, given.start(), mpi);
      refuse(problems);
      return given(request, given.allocation(), given.start(), starter, local);
    }
    if (request.allotment() instanceof Allotment.Hosts hosts) {
      AgentStarter starter = starter(hosts.start(), problems);
      LocalOptions local = eachHost(request, hosts.start(), mpi);
      Optional<Host> here = here(hosts.ranks(), problems);
      refuse(problems);
      Placement ranks = withNamed(hosts.ranks(), request);
      return hosts(request.root(), ranks, hosts.start(), here, starter, local, unseen(request));
    }
    if (request.allotment() instanceof Allotment.Local here) {
      refuse(problems);
      LocalOptions options =
          here.ranks().isPresent()
              ? LocalOptions.ranks(here.ranks().getAsInt())
              : LocalOptions.allProcessors();
      return local(request.root(), options.withMpi(mpi).withGpus(here(request)), unseen(request));
    }
    throw new IllegalStateException("there is no back end for " + request.allotment());
  }

  private static MpiLine mpi(Outside.Request request, List<Problem> problems) {
    return request
        .mpiLauncher()
        .flatMap(line -> parsed("--mpi-launcher", line, MpiLine::parse, problems))
        .orElse(MpiLine.DEFAULT);
  }

  /** How each of several hosts runs what it is given. */
  private static LocalOptions eachHost(
      Outside.Request request, Allotment.Start start, MpiLine mpi) {
    LocalOptions local = LocalOptions.ranks(1).withMpi(mpi).withGpus(named(request));
    return request.mpiLauncher().isEmpty() && start.system() == BatchSystem.SLURM
        ? new SlurmCommands(PATIENCE).launch().map(local::withMpiAcross).orElse(local)
        : local;
  }

  /**
   * What starts programs on the hosts of ranks that are there already.
   *
   * @param ranks those of all hosts; the first host is this one
   */
  Backend programs(Outside.Request request, Placement ranks, AgentStarter agents) {
    List<Problem> problems = new ArrayList<>();
    MpiLine mpi = mpi(request, problems);
    refuse(problems);
    if (ranks.shares().size() == 1) {
      return local(
          request.root(),
          LocalOptions.ranks(ranks.size()).withMpi(mpi).withGpus(here(request)),
          unseen(request));
    }
    Allotment.Start start =
        new Allotment.Start(
            BatchSystem.LOCAL,
            Optional.empty(),
            Duration.ofMinutes(1),
            Allotment.Wanted.ANY,
            Optional.empty());
    return cluster(
        request.root(),
        ranks,
        start,
        ranks.hosts().stream().findFirst(),
        agents,
        LocalOptions.ranks(1).withMpi(mpi).withGpus(named(request)),
        unseen(request));
  }

  /** Ranks with their GPUs, of which the first ones are on this host. */
  static Placement withGpus(Placement ranks, Outside.Request request) {
    GpuUse gpus = ranks.shares().size() == 1 ? here(request) : named(request);
    return ranks.withGpus(host -> gpus.ids());
  }

  private static Placement withNamed(Placement ranks, Outside.Request request) {
    return ranks.withGpus(host -> named(request).ids());
  }

  /** The GPUs that the user names. */
  private static GpuUse named(Outside.Request request) {
    return request.gpus() instanceof Gpus.Named named ? GpuUse.of(named.ids()) : GpuUse.NONE;
  }

  /** Those of this host: what the user names, or what is left to this program. */
  private static GpuUse here(Outside.Request request) {
    return request.gpus().equals(Gpus.GIVEN)
        ? GpuUse.of(VisibleGpus.ids(System.getenv()))
        : named(request);
  }

  private static Set<String> unseen(Outside.Request request) {
    Set<String> unseen = new HashSet<>(InheritedEnvironment.hidden());
    unseen.addAll(request.hidden());
    unseen.addAll(OuterLauncher.misleading(System.getenv().keySet()));
    return unseen;
  }

  @Override
  public Optional<Instant> end(Allocation allocation) {
    return allocation
        .end()
        .or(
            () ->
                allocation.system() == BatchSystem.SLURM
                    ? new SlurmCommands(PATIENCE).end(allocation.job())
                    : Optional.empty());
  }

  private static AgentStarter starter(Allotment.Start start, List<Problem> problems) {
    if (start.line().isEmpty() && start.system() == BatchSystem.SLURM) {
      return new SrunStarter();
    }
    return new LineStarter(
        start
            .line()
            .flatMap(text -> parsed("--start-line", text, StartLine::parse, problems))
            .orElse(StartLine.SSH));
  }

  /** The hosts that a batch system has given, whose cores it has counted. */
  private static Backend given(
      Outside.Request request,
      Allocation allocation,
      Allotment.Start start,
      AgentStarter starter,
      LocalOptions local) {
    Path root = request.root();
    Set<String> unseen = unseen(request);
    boolean asGiven = request.gpus().equals(Gpus.GIVEN);
    Placement ranks = allocation.placement();
    Optional<Host> here = allocation.find(ThisHost.nodeName(System.getenv()));
    Map<Host, CoreShare> cores = new HashMap<>();
    for (Placement.Share share : ranks.shares()) {
      allocation
          .node(share.host())
          .ifPresent(
              node ->
                  cores.put(
                      share.host(),
                      new CoreShare(share.ranks().get(0), node.ranks(), node.cores())));
    }
    LocalOptions options = local.withCores(cores);
    if (isAlone(ranks, here)) {
      CoreShare all = cores.values().iterator().next();
      GpuUse gpus = asGiven ? GpuUse.of(allocation.nodes().get(0).gpus()) : local.gpus();
      return local(
          root,
          alone(ranks, local).withGpus(gpus).withCores(Map.of(new Host(ThisHost.name()), all)),
          unseen);
    }
    if (!asGiven) {
      return cluster(root, withNamed(ranks, request), start, here, starter, options, unseen);
    }
    // What the GPUs are called is known to each host alone: between hosts they go by their places.
    Placement placed =
        ranks.withGpus(
            host ->
                VisibleGpus.numbered(
                    allocation.node(host).map(node -> node.gpus().size()).orElse(0)));
    GpuUse places =
        new GpuUse(GpuUse.Naming.PLACES, VisibleGpus.ids(InheritedEnvironment.variables()));
    return cluster(root, placed, start, here, starter, options.withGpus(places), unseen);
  }

  private static <T extends Record> Optional<T> parsed(
      String option, String text, Function<String, T> parser, List<Problem> problems) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(Problem.of(option, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
  }

  private static Backend local(Path root, LocalOptions options, Set<String> unseen) {
    return DeadLead.before(
        root,
        new LocalBackend(
            root,
            launchers(unseen),
            options.withEnv(InheritedEnvironment.restored()).withDoubt(doubt())));
  }

  /** A batch system signals all processes of a job, trials and this program, one after another. */
  private static Duration doubt() {
    return Allocations.speaking(System.getenv()) == BatchSystem.LOCAL
        ? Duration.ZERO
        : LocalOptions.DOUBT;
  }

  /** Whether the ranks are all on this host. */
  private static boolean isAlone(Placement ranks, Optional<Host> here) {
    return here.isPresent() && ranks.shares().size() == 1;
  }

  /** What this host has, if it is the only one. */
  private static LocalOptions alone(Placement ranks, LocalOptions each) {
    return LocalOptions.ranks(ranks.size()).withMpi(each.mpi()).withGpus(each.gpus());
  }

  private static Backend hosts(
      Path root,
      Placement ranks,
      Allotment.Start start,
      Optional<Host> here,
      AgentStarter starter,
      LocalOptions local,
      Set<String> unseen) {
    if (isAlone(ranks, here)) {
      return local(root, alone(ranks, local), unseen);
    }
    return cluster(
        root, named(ranks, here), start, here.map(BackEnds::name), starter, local, unseen);
  }

  private static Backend cluster(
      Path root,
      Placement ranks,
      Allotment.Start start,
      Optional<Host> here,
      AgentStarter starter,
      LocalOptions local,
      Set<String> unseen) {
    Duration patience = start.patience();
    Map<String, String> environment = new HashMap<>(InheritedEnvironment.variables());
    environment.keySet().removeAll(unseen);
    environment.putAll(InheritedEnvironment.restored());
    ClusterOptions options =
        ClusterOptions.standard()
            .withPatience(patience)
            .withLeadAddress(start.leadAddress())
            .withMissing(
                start.wanted() == Allotment.Wanted.ALL
                    ? ClusterOptions.Missing.REFUSE
                    : ClusterOptions.Missing.GO_ON)
            .withEnvironment(environment);
    return new ClusterBackend(
        root,
        ranks,
        here.orElse(new Host(ThisHost.name())),
        launchers(unseen),
        local.withEnv(InheritedEnvironment.restored()).withDoubt(doubt()),
        starter,
        options);
  }

  private static Supplier<Launcher> launchers(Set<String> unseen) {
    LauncherSettings settings = LauncherSettings.standard().hiding(unseen);
    return () -> Launchers.best(settings);
  }

  /** Which of the hosts is this one, if one is; only of the first one is the name service asked. */
  private static Optional<Host> here(Placement ranks, List<Problem> problems) {
    List<Host> hosts = ranks.hosts();
    List<Host> here =
        new ArrayList<>(hosts.stream().filter(host -> ThisHost.isNamed(host.name())).toList());
    if (here.isEmpty() && !hosts.isEmpty() && ThisHost.isCalled(hosts.get(0).name())) {
      here.add(hosts.get(0));
    }
    if (here.size() > 1) {
      problems.add(
          Problem.of(
              "--hosts",
              "'"
                  + here.get(0)
                  + "' and '"
                  + here.get(1)
                  + "' are both this host: name it once, with all its ranks"));
    }
    return here.stream().findFirst();
  }

  /** The others do not know this host by a name such as {@code localhost}. */
  private static Host name(Host host) {
    return host.name().equalsIgnoreCase("localhost") || ThisHost.isLoopback(host.name())
        ? new Host(ThisHost.name())
        : host;
  }

  private static Placement named(Placement ranks, Optional<Host> here) {
    return new Placement(
        ranks.shares().stream()
            .map(
                share ->
                    here.equals(Optional.of(share.host()))
                        ? new Placement.Share(name(share.host()), share.ranks(), 1, share.gpus())
                        : share)
            .toList());
  }
}
