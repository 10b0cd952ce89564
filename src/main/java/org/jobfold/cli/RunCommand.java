package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.comm.Communicator;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.Scan;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.process.Fail;
import org.jobfold.process.FolderPool;
import org.jobfold.process.JobFolderProcess;
import org.jobfold.process.PoolOptions;
import org.jobfold.process.PoolProcess;
import org.jobfold.run.BrokenOff;
import org.jobfold.run.Ports;
import org.jobfold.run.SystemClock;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Stop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold run}: runs the executable folders of a tree. */
@Command(
    name = "run",
    description = "Runs the executable folders of a tree.",
    footer = {
      "",
      "Examples:",
      "  jobfold run sweep",
      "  jobfold run sweep --nbpools 2 --maxtrials 3 -p temperature=300",
      "  jobfold run inputs --match 'in.*' --command 'lmp -in {match}'",
      "  jobfold run sweep --json > result.json",
      "",
      "Exit codes: 0 all succeeded; 1 a folder failed; 2 wrong usage or refused input;",
      "3 stopped before all was done; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final String[] SIGNALS = new String[16];

  static {
    SIGNALS[1] = "SIGHUP";
    SIGNALS[2] = "SIGINT";
    SIGNALS[15] = "SIGTERM";
  }

  private final Outside outside;
  private final Clock clock = new SystemClock();

  @Mixin private final TreeArguments tree = new TreeArguments();

  @Option(
      names = "--ranks",
      paramLabel = "N",
      description = "How many ranks there are; without it, as many as this host has cores for us.")
  private @Nullable Integer ranks;

  @Option(
      names = "--nbpools",
      paramLabel = "N",
      description =
          "How many folders run at a time at most; without it, as many as there are ranks.")
  private @Nullable Integer nbpools;

  @Option(
      names = "--maxtrials",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many trials a folder has, launch errors apart, where it does not say so itself (default: ${DEFAULT-VALUE}).")
  private Integer maxtrials = 1;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      defaultValue = "10s",
      description =
          "How long a trial that is asked to end may take before it is forced (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--mpi-launcher",
      paramLabel = "LINE",
      description =
          "The line that starts folders with 'mpi: true'; {ranks}, {machinefile} and {command} are filled in.")
  private @Nullable String mpiLauncher;

  @Option(
      names = "--break-lock",
      description =
          "Takes the tree also from a run on another host that may still live. Give it only if that run is gone.")
  private boolean breakLock;

  @Option(names = "--json", description = "Writes what came of it to standard output as JSON.")
  private boolean json;

  RunCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    Scan scan = tree.scanner(outside.environment()).scan(tree.params());
    Path root = tree.root();
    List<Problem> problems = new ArrayList<>(scan.problems());
    Optional<Backend> backend = backend(root, problems);
    backend.ifPresent(b -> problems.addAll(b.problems(scan.tree())));
    backend.ifPresent(b -> problems.addAll(TooWide.problems(scan.tree(), b.allocation().size())));
    if (problems.isEmpty() && scan.tree().size() == 0) {
      problems.add(Problem.of(tree.place(), nothingExecutable()));
    }
    if (!problems.isEmpty() || backend.isEmpty()) {
      throw new RefusedException(problems);
    }
    return run(root, scan.tree(), backend.get());
  }

  private String nothingExecutable() {
    return "the tree has no executable folder: "
        + (tree.hasMatch()
            ? "no file matches '--match', correct it"
            : "add a 'job.yaml' with a 'command' or an executable 'run' to a folder, or use '--match' and '--command'");
  }

  private Optional<Backend> backend(Path root, List<Problem> problems) {
    try {
      return Optional.of(
          outside
              .backends()
              .local(
                  root,
                  ranks == null ? OptionalInt.empty() : OptionalInt.of(ranks),
                  Optional.ofNullable(mpiLauncher)));
    } catch (IllegalArgumentException e) {
      problems.add(Problem.of("--mpi-launcher", String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private int run(Path root, JobTree folders, Backend backend) throws InterruptedException {
    int width = backend.allocation().size();
    int pools = nbpools == null ? width : Math.min(nbpools, width);
    String beginning = Beginning.text(folders, backend.allocation(), pools);
    int tagged = Beginning.tagged(folders);
    if (tagged == folders.size()) {
      outside.err().println(beginning);
      Tally tally = new Tally(0, 0, 0, 0, 0, tagged, 0);
      return tell(
          new Summary(
              root,
              width,
              pools,
              tally,
              new TreeMap<>(),
              Duration.ZERO,
              Duration.ZERO,
              Optional.empty()));
    }
    StateDirectory state = StateDirectory.of(root);
    try (RunLock lock = lock(state);
        JournalFile journal = state.fresh(clock.now())) {
      LOG.debug("{} is held", lock);
      Progress progress = progress();
      progress.say(beginning);
      CpuTime cpu = new CpuTime(progress);
      FolderPool pool = pool(folders, new Ports(backend, journal, cpu, clock), pools, width);
      Duration begin = clock.elapsed();
      AtomicInteger signal = new AtomicInteger();
      Optional<BrokenOff> broken;
      try (Outside.Handling handling =
          outside.signals().handle(number -> stop(pool, number, signal, progress))) {
        LOG.debug("{} is called for signals", handling);
        pool.start(Communicator.world(backend.allocation()));
        lock.onLost(reason -> stop(pool, reason, progress));
        if (signal.get() != 0) {
          pool.stop(Stop.TERMINATE, SIGNALS[signal.get()]);
        }
        broken = await(pool);
      } finally {
        progress.end();
      }
      int code =
          tell(
              new Summary(
                  root,
                  width,
                  pools,
                  pool.tally(),
                  pool.errors(),
                  clock.elapsed().minus(begin),
                  cpu.sum(),
                  exit(signal.get(), broken)));
      if (broken.isPresent()) {
        throw broken.get();
      }
      return code;
    }
  }

  private static Optional<BrokenOff> await(FolderPool pool) throws InterruptedException {
    try {
      pool.waitForEnd();
    } catch (Fail fail) {
      // the errors map is in the summary
    } catch (BrokenOff broken) {
      return Optional.of(broken);
    }
    return Optional.empty();
  }

  private static Optional<Integer> exit(int signal, Optional<BrokenOff> broken) {
    if (broken.isPresent()) {
      return Optional.of(ExitCodes.of(broken.get()));
    }
    return signal == 0 ? Optional.empty() : Optional.of(ExitCodes.SIGNAL + signal);
  }

  private int tell(Summary summary) {
    new SummaryText(summary, outside.err()).print();
    if (json) {
      SummaryJson.print(summary, outside.out());
    }
    return summary.exitCode();
  }

  /**
   * Equal shares where no folder asks for ranks; else each gets what it asks for, and those that do
   * not ask an equal share.
   */
  private FolderPool pool(JobTree folders, Ports ports, int pools, int width) {
    PoolOptions options =
        PoolOptions.DEFAULT
            .withNbpools(pools)
            .withMaxtrials(maxtrials)
            .withGrace(grace)
            .withParams(tree.params());
    boolean nobodyAsks =
        folders.folders().stream()
            .map(JobFolder::settings)
            .allMatch(s -> s.ranks().isEmpty() && s.retry().mostRanks().isEmpty());
    if (nobodyAsks) {
      return new JobFolderProcess(params -> folders, ports, options);
    }
    int share = Math.max(1, width / pools);
    return new PoolProcess(
        params -> folders, ports, options, (JobFolder f) -> f.settings().ranks().orElse(share));
  }

  private RunLock lock(StateDirectory state) throws InterruptedException {
    return state.lock(
        breakLock ? RunLock.BreakLock.YES : RunLock.BreakLock.NO,
        clock,
        note -> {
          outside.err().println("jobfold: " + Words.line(note));
          outside.err().flush();
        });
  }

  private static void stop(FolderPool pool, String lost, Progress progress) {
    pool.stop(Stop.KILL, lost);
    progress.say("jobfold: " + Words.line(lost) + ": forcing the running folders");
  }

  private void stop(FolderPool pool, int number, AtomicInteger signal, Progress progress) {
    boolean first = signal.compareAndSet(0, number);
    String name = SIGNALS[number];
    pool.stop(first ? Stop.TERMINATE : Stop.KILL, name);
    progress.say(
        "jobfold: "
            + name
            + (first
                ? ": ending the running folders; once more to force them"
                : " again: forcing the running folders"));
  }

  private Progress progress() {
    return outside.terminal() == Outside.Terminal.YES
        ? new ProgressLine(outside.err(), clock)
        : new PlainLines(outside.err(), clock);
  }
}
