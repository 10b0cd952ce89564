package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jobfold.allocation.Allocation;
import org.jobfold.allocation.BatchSystem;
import org.jobfold.comm.Communicator;
import org.jobfold.disk.Inbox;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.PartName;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.Scan;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.process.Fail;
import org.jobfold.process.FolderPool;
import org.jobfold.run.BrokenOff;
import org.jobfold.run.Ports;
import org.jobfold.run.SystemClock;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.spi.RunListener;
import org.jobfold.submit.GoingOn;
import org.jobfold.submit.Slurm;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Deadline;
import org.jobfold.walk.Past;
import org.jobfold.walk.Stop;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a tree for people: refuses what is wrong, takes the tree, tells how it goes and what
 * came of it.
 */
final class TreeRun {
  private static final Logger LOG = LoggerFactory.getLogger(TreeRun.class);

  private final Outside outside;
  private final TreeArguments tree;
  private final RunArguments how;
  private final GpuArguments gpus;
  private final Optional<PartName> part;
  private final Entitlement.Overtake overtake;
  private final Clock clock = new SystemClock();

  TreeRun(
      Outside outside,
      TreeArguments tree,
      RunArguments how,
      GpuArguments gpus,
      Optional<PartName> part,
      Entitlement.Overtake overtake) {
    this.outside = outside;
    this.tree = tree;
    this.how = how;
    this.gpus = gpus;
    this.part = part;
    this.overtake = overtake;
  }

  /** Where a run begins. */
  private sealed interface Start {
    /** With nothing; the options are kept for a run that goes on from it. */
    record Fresh(List<String> options) implements Start {}

    /** Where the last run has left the tree; the options are kept for the next one. */
    record Resumed(Past.Failed failed, Leftover leftover, List<String> options) implements Start {}
  }

  /**
   * Runs all folders.
   *
   * @param options kept for a run that goes on from this one
   */
  int fresh(List<String> options) throws InterruptedException {
    return begin(new Start.Fresh(options));
  }

  /**
   * Goes on where the last run has left the tree.
   *
   * @param options kept for a run that goes on from this one
   */
  int resumed(Past.Failed failed, Leftover leftover, List<String> options)
      throws InterruptedException {
    return begin(new Start.Resumed(failed, leftover, options));
  }

  /** What becomes of processes of the last run that still live. */
  enum Leftover {
    /** They are ended. */
    END,
    /** They are waited for. */
    AWAIT
  }

  private int begin(Start start) throws InterruptedException {
    Scan scan = tree.scan(outside.environment());
    Path root = tree.root();
    List<Problem> problems = new ArrayList<>();
    Optional<Backend> backend = backend(root, scan.tree(), problems);
    problems.addAll(RunProblems.of(scan, backend, how.queues(), wide()).all());
    problems.addAll(how.end().problems(clock, how.grace()));
    problems.addAll(how.forcing().problems(scan.tree()));
    if (problems.isEmpty() && scan.tree().size() == 0 && !how.keepsAlive()) {
      problems.add(NothingToRun.problem(tree, scan));
    }
    if (!problems.isEmpty() || backend.isEmpty()) {
      throw new RefusedException(tree.settings().placed(problems));
    }
    (part.isPresent() ? ScanNotes.ofPart(scan) : ScanNotes.of(scan, tree.settings()))
        .forEach(this::say);
    return Beginning.tagged(scan.tree()) == scan.tree().size() && !how.keepsAlive()
        ? nothingToRun(root, scan.tree(), backend.get())
        : run(root, scan.tree(), backend.get(), start);
  }

  private Optional<Backend> backend(Path root, JobTree folders, List<Problem> problems) {
    Gpus shared = gpus.of(folders, problems);
    Allotment allotment = how.hosts().allotment(outside.environment(), problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    if (allotment instanceof Allotment.Given given) {
      how.end().allocationEnds(() -> end(given.allocation()));
      given.wideRanks(folders).ifPresent(this::say);
    }
    return outside
        .backends()
        .open(
            new Outside.Request(root, allotment, shared, how.mpiLauncher(), tree.variables()),
            problems);
  }

  private Optional<Instant> end(Allocation allocation) {
    Optional<Instant> end = outside.backends().end(allocation);
    if (end.isEmpty() && allocation.system() != BatchSystem.LOCAL) {
      say(
          "when the allocation of "
              + allocation.system().title()
              + " ends is not known: say it by '--end', so that folders are ended in order before");
    }
    return end;
  }

  private int nothingToRun(Path root, JobTree folders, Backend backend) {
    int width = backend.allocation().size();
    outside.err().println(Beginning.text(folders, backend.allocation(), how.pools(width)));
    Tally tally = new Tally(0, 0, 0, 0, 0, folders.size(), 0);
    return tell(
        new Summary(
            root,
            width,
            backend.allocation().hosts().size(),
            how.pools(width),
            tally,
            new TreeMap<>(),
            Duration.ZERO,
            Duration.ZERO,
            List.of(),
            WithoutRoom.NONE,
            new TreeMap<>(),
            OptionalInt.empty(),
            Optional.empty()));
  }

  private int run(Path root, JobTree folders, Backend backend, Start start)
      throws InterruptedException {
    Entitlement entitlement = new Entitlement(root, part, outside.environment());
    entitlement.refuseQueued(new Slurm(outside.commands()), overtake, this::say);
    StateDirectory state =
        part.map(name -> StateDirectory.of(root, name)).orElseGet(() -> StateDirectory.of(root));
    try (RunLock lock = how.lock(state, folders, clock, this::say)) {
      entitlement.settle(clock.now());
      Past past = past(state, folders, start);
      if (start instanceof Start.Resumed resumed && resumed.leftover() == Leftover.AWAIT) {
        backend.await(EarlierRuns.processes(past.state()), this::say);
      }
      backend.sweep(how.grace()).forEach(this::say);
      past.state().lost(clock.now(), "the run was lost");
      try (JournalFile journal = state.resumed(past.state(), clock.now())) {
        state.takeBackParts();
        beginAnew(state, start, past.state().settled());
        try (Unchanged unchanged =
            Unchanged.of(
                root,
                folders,
                how.forcing().in(folders),
                how.keepsAlive() ? Unchanged.Updates.EXPECTED : Unchanged.Updates.NONE,
                this::say)) {
          return run(new Taken(root, folders, backend, state, lock), past, journal, unchanged);
        }
      }
    }
  }

  /**
   * What was said of going on was said of the run before; one that begins with nothing is the
   * first.
   */
  private static void beginAnew(StateDirectory state, Start start, int finished) {
    GoingOn before = GoingOn.read(state.path());
    GoingOn now = start instanceof Start.Fresh ? GoingOn.BEGIN : before.begin(finished);
    if (!now.equals(before)) {
      now.write(state.path());
    }
  }

  /** What earlier runs have come to; keeps the options of a run that begins with nothing. */
  private Past past(StateDirectory state, JobTree folders, Start start) {
    EarlierRuns earlier = new EarlierRuns(state, folders, this::say);
    if (start instanceof Start.Resumed resumed) {
      Past past = earlier.resumed(clock.now(), resumed.failed(), how.forcing().in(folders));
      state.remember(resumed.options());
      return past;
    }
    Past none = earlier.disregarded();
    state.remember(((Start.Fresh) start).options());
    return none;
  }

  /**
   * A tree that is this run's until it has ended.
   *
   * @param folders what there is to run
   * @param backend what it is run with
   */
  private record Taken(
      Path root, JobTree folders, Backend backend, StateDirectory state, RunLock lock) {
    int width() {
      return backend.allocation().size();
    }
  }

  private int run(Taken taken, Past past, JournalFile journal, Unchanged unchanged)
      throws InterruptedException {
    int width = taken.width();
    Backend backend = taken.backend();
    Progress progress = progress();
    progress.say(Beginning.text(taken.folders(), backend, how));
    CpuTime cpu = new CpuTime();
    Losses losses = new Losses();
    RoomNotes rooms = new RoomNotes();
    Optional<Deadline> deadline = how.end().deadline(clock, how.grace());
    deadline.ifPresent(end -> progress.say(Beginning.text(end)));
    Ports ports =
        new Ports(backend, journal, told(progress, cpu, losses, rooms), clock)
            .withAdvisor(unchanged.advisor());
    FolderPool pool = how.pool(taken.folders(), tree, ports, width, deadline, wide(), past);
    Beginning.before(pool.tally()).ifPresent(progress::say);
    Duration begin = clock.elapsed();
    StopSignals signals = new StopSignals(pool, how.end(), outside.environment(), progress::say);
    Optional<BrokenOff> broken;
    try (Outside.Handling handling = outside.signals().handle(signals::came)) {
      LOG.debug("{} is called for signals", handling);
      pool.start(Communicator.world(backend.allocation()));
      taken.lock().onLost(reason -> stop(pool, reason, progress));
      signals.repeat();
      try (Inbox inbox =
          Inbox.open(
              taken.state(),
              taken.lock(),
              requests(pool, taken, progress, unchanged),
              note -> progress.say("jobfold: " + Words.line(note)))) {
        LOG.debug("{} is open", inbox);
        broken = await(pool, progress);
      }
    } finally {
      progress.end();
    }
    Summary summary =
        new Summary(
            taken.root(),
            width,
            backend.allocation().hosts().size(),
            how.pools(width),
            pool.tally(),
            pool.errors(),
            clock.elapsed().minus(begin),
            cpu.sum(),
            losses.all(),
            rooms.all(),
            losses.withheld(),
            how.maxFailures(),
            exit(signals.first(), broken));
    if (summary.endedByFailures()) {
      Path state = taken.state().path();
      GoingOn.read(state).stopped("too many folders have failed").write(state);
    }
    boolean byItself = broken.isEmpty() && !signals.isNear() && pool.stopping().isEmpty();
    int code = byItself && isHandedOver(summary) ? handOver(summary) : tell(summary);
    if (broken.isPresent()) {
      throw broken.get();
    }
    return code;
  }

  /** Whether another allocation goes on with what is left. */
  private boolean isHandedOver(Summary summary) {
    return summary.exitCode() == ExitCodes.INCOMPLETE
        && !summary.endedByFailures()
        && outside.backends().succession().isWorn();
  }

  /** What came of it all, the last run of this command tells machines. */
  private int handOver(Summary summary) {
    new SummaryText(summary, outside.err()).print();
    outside.backends().succession().handOver();
    return summary.exitCode();
  }

  private WalkRules.Wide wide() {
    return outside.backends().succession().wide();
  }

  private RunListener told(Progress progress, CpuTime cpu, Losses losses, RoomNotes rooms) {
    return RunListener.all(
        cpu,
        losses,
        rooms,
        new TrialLines(progress::say),
        new RunNotes(progress::say, how.maxFailures()),
        progress);
  }

  private Requests requests(FolderPool pool, Taken taken, Progress progress, Unchanged unchanged) {
    return new Requests(
        pool,
        () -> unchanged.sees(tree.rescan(outside.environment())),
        tree.glob(),
        found -> RunProblems.of(found, Optional.of(taken.backend()), how.queues(), wide()).all(),
        taken.state(),
        note -> progress.say("jobfold: " + Words.line(note)));
  }

  /** Waits for the end, and says when there is nothing to do until the tree is updated. */
  private Optional<BrokenOff> await(FolderPool pool, Progress progress)
      throws InterruptedException {
    try {
      do {
        awaitIdle(pool);
        if (!pool.ended() && isLeft(pool.tally()) && outside.backends().succession().isWorn()) {
          pool.keepalive(Walk.Keepalive.OFF);
        } else if (!pool.ended()) {
          Idle.text(pool.errors()).forEach(progress::say);
        }
      } while (pool.waitForWork());
      awaitIdle(pool);
    } catch (BrokenOff broken) {
      return Optional.of(broken);
    }
    return Optional.empty();
  }

  private static boolean isLeft(Tally tally) {
    return tally.waiting() + tally.interrupted() > 0;
  }

  private static void awaitIdle(FolderPool pool) throws InterruptedException {
    try {
      pool.waitFor();
    } catch (Fail fail) {
      // the errors map is in the summary
    }
  }

  private static Optional<Integer> exit(int signal, Optional<BrokenOff> broken) {
    if (broken.isPresent()) {
      return Optional.of(ExitCodes.of(broken.get()));
    }
    return signal == 0 ? Optional.empty() : Optional.of(ExitCodes.SIGNAL + signal);
  }

  private int tell(Summary summary) {
    new SummaryText(summary, outside.err()).print();
    if (how.asJson()) {
      SummaryJson.print(summary, outside.out());
    }
    return summary.exitCode();
  }

  private void say(String line) {
    outside.err().println("jobfold: " + Words.line(line));
    outside.err().flush();
  }

  private static void stop(FolderPool pool, String lost, Progress progress) {
    pool.stop(Stop.KILL, lost);
    progress.say("jobfold: " + Words.line(lost) + ": forcing the running folders");
  }

  private Progress progress() {
    return outside.terminal() == Outside.Terminal.YES
        ? new ProgressLine(outside.err(), clock)
        : new PlainLines(outside.err(), clock);
  }
}
