package org.jobfold.backend.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.Leftovers;
import org.jobfold.spi.Backend;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;

/**
 * The cores of this host as an allocation.
 *
 * <p>A session of it starts whatever it is asked to on this host, also for a placement on others:
 * it is what does the work on each host of a larger allocation too.
 */
public final class LocalBackend implements Backend {
  private final Path root;
  private final Supplier<Launcher> launchers;
  private final LocalOptions options;
  private final Placement allocation;

  /**
   * An allocation of this host.
   *
   * @param root the directory of the tree; folder {@code /a/b} is in {@code a/b} below it
   * @param launchers gives each session a launcher, which the session closes
   * @param options how many ranks, and how they are used
   */
  public LocalBackend(Path root, Supplier<Launcher> launchers, LocalOptions options) {
    this.root = root.toAbsolutePath().normalize();
    this.launchers = launchers;
    this.options = options;
    this.allocation =
        new Placement(
            List.of(
                new Placement.Share(
                    new Host(ThisHost.name()),
                    IntStream.range(0, options.ranks()).boxed().toList(),
                    1,
                    options.gpus().ids())));
  }

  @Override
  public Placement allocation() {
    return allocation;
  }

  @Override
  public int coresPerRank() {
    return options.coresPerRank();
  }

  /**
   * A launcher of MPI programs that is not there; it is looked for once in each {@code PATH}. And
   * calls that need ranks of an MPJ Express world, which there are none of here.
   */
  @Override
  public List<Problem> problems(JobTree tree) {
    Map<String, Optional<String>> complaints = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (JobFolder folder : tree.folders()) {
      if (folder.makesMpiCalls() && !folder.tagged()) {
        problems.add(
            Problem.of(
                folder.name(),
                "has a 'call' and 'mpi: true', and jobfold was not started in an MPJ Express"
                    + " world, in whose ranks such a call is made: start it by"
                    + " 'scripts/jobfold-mpj -np 4 run TREE', or by 'mpjrun.sh -np 4 jobfold.jar run"
                    + " TREE', or set 'mpi: false' if each call is to run in a JVM"
                    + " of its own"));
      }
      if (folder.startsMpiPrograms() && !folder.tagged()) {
        SortedMap<String, String> env = folder.settings().env();
        complaints
            .computeIfAbsent(
                env.getOrDefault("PATH", ""),
                path -> LaunchTrouble.missingLauncher(options.mpi(), env))
            .ifPresent(
                why -> problems.add(Problem.of(folder.name(), "has 'mpi: true', and " + why)));
      }
    }
    return problems;
  }

  @Override
  public List<String> sweep(Duration grace) throws InterruptedException {
    Leftovers.Report report = Leftovers.find(root).end(grace);
    List<String> lines = new ArrayList<>();
    report.ended().forEach(left -> lines.add(text(left) + " was still running: ended"));
    report.left().forEach(left -> lines.add(text(left) + " does not end, not even by force"));
    return lines;
  }

  @Override
  public void await(Collection<EarlierProcess> earlier, Consumer<String> notes)
      throws InterruptedException {
    Set<Long> pids = new HashSet<>();
    SortedMap<String, Integer> elsewhere = new TreeMap<>();
    for (EarlierProcess process : earlier) {
      if (process.host().isEmpty() || isHere(process.host().get())) {
        pids.add(process.pid());
      } else {
        elsewhere.merge(process.host().get().name(), 1, Integer::sum);
      }
    }
    elsewhere.forEach((host, count) -> notes.accept(elsewhere(host, count)));
    Leftovers left = Leftovers.find(root);
    for (Leftovers.Leftover leftover : left.list()) {
      if (pids.contains(leftover.pid())) {
        notes.accept(text(leftover) + " is still running: waiting for it");
        left.await(leftover);
      }
    }
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return RoomJudge.lack(root, directory);
  }

  private static boolean isHere(Host host) {
    return ThisHost.isNamed(host.name()) || host.name().equals(ThisHost.nodeName(System.getenv()));
  }

  private static String elsewhere(String host, int count) {
    return (count == 1 ? "1 process" : count + " processes")
        + " of an earlier run "
        + (count == 1 ? "was" : "were")
        + " running on host '"
        + host
        + "', which can not be seen from here: not waited for, "
        + (count == 1 ? "it ends" : "they end")
        + " there with that run";
  }

  private static String text(Leftovers.Leftover left) {
    return "process " + left.pid() + " of folder '" + left.folder() + "', left by an earlier run,";
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    return new LocalSession(root, launchers.get(), options, events);
  }
}
