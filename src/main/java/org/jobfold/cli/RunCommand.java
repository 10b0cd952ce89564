package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.comm.Communicator;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.process.Fail;
import org.jobfold.process.FolderPool;
import org.jobfold.process.JobFolderProcess;
import org.jobfold.process.PoolOptions;
import org.jobfold.process.PoolProcess;
import org.jobfold.run.Ports;
import org.jobfold.run.SystemClock;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.spi.RunListener;
import org.jobfold.walk.Stop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobfold run}: runs the executable folders of a tree. */
@Command(
    name = "run",
    description = "Runs the executable folders of a tree.",
    footer = {
      "",
      "Exit codes: 0 all succeeded; 1 a folder failed; 2 wrong usage or refused input;",
      "3 stopped before all was done; 70 a bug; 129, 130, 143 ended by SIGHUP, SIGINT, SIGTERM."
    })
final class RunCommand implements Callable<Integer> {
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
      description =
          "How many trials a folder has in all, where it does not say so itself (default: ${DEFAULT-VALUE}).")
  private int maxtrials = 1;

  @Option(
      names = "--grace",
      paramLabel = "DURATION",
      description =
          "How long a trial that is asked to end may take before it is forced (default: ${DEFAULT-VALUE}).")
  private Duration grace = Duration.ofSeconds(10);

  @Option(
      names = "--mpi-launcher",
      paramLabel = "LINE",
      description =
          "The line that starts folders with 'mpi: true'; {ranks}, {machinefile} and {command} are filled in.")
  private @Nullable String mpiLauncher;

  @Option(names = "--json", description = "Writes what came of it to standard output as JSON.")
  private boolean json;

  RunCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() throws InterruptedException {
    atLeastOne("--ranks", ranks);
    atLeastOne("--nbpools", nbpools);
    atLeastOne("--maxtrials", maxtrials);
    Path root = tree.root();
    JobTree folders = tree.scanner(outside.environment()).read(tree.params());
    if (folders.size() == 0) {
      throw refused(
          root.toString(),
          "the tree has no executable folder: add a 'job.yaml' with a 'command' or an executable 'run' to a folder, or use '--match' and '--command'");
    }
    StateDirectory state = StateDirectory.of(root);
    RunLock lock = state.lock();
    try {
      Backend backend =
          outside
              .backends()
              .local(
                  root,
                  ranks == null ? OptionalInt.empty() : OptionalInt.of(ranks),
                  Optional.ofNullable(mpiLauncher));
      Summary summary = run(root, folders, backend, state);
      new SummaryText(summary, outside.err()).print();
      if (json) {
        SummaryJson.print(summary, outside.out());
      }
      return summary.exitCode();
    } finally {
      lock.close();
    }
  }

  private Summary run(Path root, JobTree folders, Backend backend, StateDirectory state)
      throws InterruptedException {
    Communicator world = Communicator.world(backend.allocation());
    int pools = nbpools == null ? world.size() : nbpools;
    Duration begin = clock.elapsed();
    AtomicInteger signal = new AtomicInteger();
    try (Progress progress = progress();
        JournalFile journal = state.newJournal()) {
      CpuTime cpu = new CpuTime(progress.listener());
      Ports ports = new Ports(backend, journal, cpu, clock);
      FolderPool pool = pool(folders, ports, pools, world.size());
      outside.signals().handle(number -> stop(pool, number, signal));
      pool.start(world);
      try {
        pool.waitForEnd();
      } catch (Fail fail) {
        // the errors map is in the summary
      }
      return new Summary(
          root,
          world.size(),
          pools,
          pool.tally(),
          pool.errors(),
          clock.elapsed().minus(begin),
          cpu.sum(),
          signal.get() == 0 ? Optional.empty() : Optional.of(signal.get()));
    }
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
    boolean nobodyAsks = folders.folders().stream().allMatch(f -> f.settings().ranks().isEmpty());
    if (nobodyAsks) {
      return new JobFolderProcess(params -> folders, ports, options);
    }
    int share = Math.max(1, width / pools);
    return new PoolProcess(
        params -> folders, ports, options, (JobFolder f) -> f.settings().ranks().orElse(share));
  }

  private void stop(FolderPool pool, int number, AtomicInteger signal) {
    boolean first = signal.compareAndSet(0, number);
    String name = SIGNALS[number];
    outside
        .err()
        .println(
            "jobfold: "
                + name
                + (first
                    ? ": ending the running folders; once more to force them"
                    : " again: forcing the running folders"));
    outside.err().flush();
    pool.stop(first ? Stop.TERMINATE : Stop.KILL, name);
  }

  /** Who tells people how it goes, and what to do at the end. */
  private record Progress(RunListener listener, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private Progress progress() {
    PrintWriter err = outside.err();
    if (outside.terminal() == Outside.Terminal.YES) {
      ProgressLine line = new ProgressLine(err, clock);
      return new Progress(line, line::close);
    }
    return new Progress(new PlainLines(err, clock), () -> {});
  }

  private static void atLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw refused(option, "'" + value + "' is too small: give at least 1");
    }
  }
}
