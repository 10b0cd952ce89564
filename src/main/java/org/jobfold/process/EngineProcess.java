package org.jobfold.process;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.retry.RetryRule;
import org.jobfold.run.Ports;
import org.jobfold.run.Run;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;

/** A process that the engine performs: a walk, and the run that performs it while there is one. */
abstract sealed class EngineProcess implements JobProcess
    permits FolderPool, ProgramProcess, CallProcess, IteratorProcess {
  private final Walk walk;
  private final Ports ports;
  private Optional<Run> run = Optional.empty();

  EngineProcess(Walk walk, Ports ports) {
    this.walk = walk;
    this.ports = ports;
  }

  /** One folder on all the ranks that it is given, with a program's callbacks. */
  EngineProcess(JobFolder folder, Ports ports, ProgramOptions options) {
    this(
        new Walk(
            new WalkRules(
                new Sharing.Equal(1), new RetryRule(options.maxtrials()), options.grace()),
            JobTree.of(folder)),
        ports.withBackend(new CallbackBackend(ports.backend(), options)));
  }

  @Override
  public final synchronized void start(Communicator comm) {
    if (run.isPresent()) {
      if (!run.get().ended()) {
        throw new AlreadyStarted();
      }
      if (walk.tally().waiting() == 0) {
        return;
      }
    }
    run = Optional.of(Run.start(walk, comm, ports));
  }

  @Override
  public final boolean poll() {
    Run started = started();
    if (!started.idle()) {
      return false;
    }
    raise(started);
    return true;
  }

  @Override
  public final void waitFor() throws InterruptedException {
    Run started = started();
    started.awaitIdle();
    raise(started);
  }

  /**
   * Waits until the ranks are given back: as {@link #waitFor}, but not while the ranks are kept.
   */
  final void awaitEnd() throws InterruptedException {
    Run started = started();
    started.awaitEnd();
    raise(started);
  }

  @Override
  public final void terminate() {
    ask(Stop.TERMINATE, "terminated by the program");
  }

  @Override
  public final void kill() {
    ask(Stop.KILL, "killed by the program");
  }

  final void tellThatTheEndIsNear(String reason) {
    current().ifPresent(r -> r.endIsNear(reason));
  }

  final void ask(Stop how, String reason) {
    current().ifPresent(r -> r.stop(how, reason));
  }

  @Override
  public final boolean done() {
    return current().map(Run::idle).orElse(false);
  }

  @Override
  public final int runningCount() {
    return count().running();
  }

  @Override
  public final synchronized SortedMap<FolderName, Failure> errors() {
    return performing().map(Run::errors).orElseGet(walk::errors);
  }

  final synchronized Tally count() {
    return performing().map(Run::tally).orElseGet(walk::tally);
  }

  final Optional<Stop> stopped() {
    return current().flatMap(Run::stopping);
  }

  final synchronized void hold(Walk.Keepalive wanted) {
    if (running()) {
      run.orElseThrow().keepalive(wanted);
    } else {
      walk.keepalive(wanted);
    }
  }

  final synchronized UpdateReport takeUp(JobTree tree, Walk.DeleteOld deleteOld, Past.Failed failed)
      throws InterruptedException {
    if (running()) {
      try {
        return run.orElseThrow().update(tree, deleteOld, failed).get();
      } catch (ExecutionException refused) {
        if (refused.getCause() instanceof MpiSizeException tooWide) {
          throw tooWide;
        }
        run.orElseThrow().awaitEnd();
      }
    }
    return walk.update(tree, deleteOld, failed);
  }

  /** Without a lock while it waits, so that others may stop the run meanwhile. */
  final Optional<UpdateReport> takeUpWhileRunning(
      JobTree tree, Walk.DeleteOld deleteOld, Past.Failed failed) throws InterruptedException {
    Optional<Run> performing = performing();
    if (performing.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(performing.get().update(tree, deleteOld, failed).get());
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof MpiSizeException tooWide) {
        throw tooWide;
      }
      performing.get().awaitEnd();
      return Optional.empty();
    }
  }

  final boolean hasEnded() {
    return performing().isEmpty();
  }

  final boolean awaitWork() throws InterruptedException {
    return started().awaitWork();
  }

  private synchronized Optional<Run> current() {
    return run;
  }

  /** The run, while it owns the walk. */
  private Optional<Run> performing() {
    return current().filter(r -> !r.ended());
  }

  private boolean running() {
    return run.isPresent() && !run.get().ended();
  }

  private Run started() {
    return current().orElseThrow(NotStarted::new);
  }

  private static void raise(Run run) {
    if (run.ended()) {
      try {
        run.awaitEnd();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    SortedMap<FolderName, Failure> errors = run.errors();
    if (!errors.isEmpty()) {
      throw new Fail(errors);
    }
  }
}
