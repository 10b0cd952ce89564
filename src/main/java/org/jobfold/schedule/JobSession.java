package org.jobfold.schedule;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;

/**
 * Runs jobs: inside this process, or through the back end for processes.
 *
 * <p>To terminate a job inside this process is to interrupt its thread. To kill it is to give the
 * thread up: nothing in Java ends it by force. It goes on as long as it likes, but nobody waits for
 * it, and its slot is not used until it is over.
 */
final class JobSession implements Session {
  private final Roster<?, ?> roster;
  private final Consumer<SessionEvent> events;
  private final Optional<Session> processes;
  private final Activity activity;
  private final Runnable closing;
  private final Workers workers = new Workers();
  private final Slots slots = new Slots();
  private final Map<TrialId, CallTrial> calls = new ConcurrentHashMap<>();
  private final Map<TrialId, Integer> slotsOfProcesses = new ConcurrentHashMap<>();

  JobSession(
      Roster<?, ?> roster,
      Optional<Backend> processes,
      Activity activity,
      Runnable closing,
      Consumer<SessionEvent> events) {
    this.roster = roster;
    this.events = events;
    this.activity = activity;
    this.closing = closing;
    this.processes = processes.map(b -> b.open(this::happened));
  }

  @Override
  public void launch(Order order) {
    Entry<?, ?> entry = roster.of(order.id().folder());
    int slot = slots.take();
    activity.began();
    if (entry.job() instanceof CallJob call) {
      CallTrial trial = new CallTrial(order, slot, call.body(), entry, events);
      calls.put(order.id(), trial);
      workers.execute(() -> work(order.id(), trial));
    } else if (entry.job() instanceof ProcessJob process) {
      slotsOfProcesses.put(order.id(), slot);
      processes.orElseThrow().launch(placed(order, process.directory(), slot));
    }
  }

  /** The order in the directory of the job: the engine knows it by another name. */
  private static Order placed(Order order, FolderName directory, int slot) {
    JobFolder folder = order.folder();
    return new Order(
        order.id(),
        new JobFolder(
            directory,
            folder.functional(),
            folder.settings(),
            false,
            folder.depends(),
            folder.phase()),
        order.step(),
        order.placement(),
        slot);
  }

  private void work(TrialId id, CallTrial trial) {
    Runnable end = trial.perform();
    boolean mine = calls.remove(id, trial);
    slots.giveBack(trial.slot());
    workers.done();
    if (mine) {
      activity.ended();
    } else {
      activity.cameBack();
    }
    end.run();
  }

  private void happened(SessionEvent event) {
    if (!(event instanceof SessionEvent.Ended ended)) {
      events.accept(event);
      return;
    }
    int slot = Objects.requireNonNull(slotsOfProcesses.remove(ended.id()));
    Entry<?, ?> entry = roster.of(ended.id().folder());
    Said said = said(entry.job(), ended.outcome());
    entry.last(
        new Entry.LastTrial(
            ended.id().number(),
            OptionalInt.of(slot),
            ended.usage().started(),
            ended.usage().elapsed(),
            said,
            JobResult.JobThread.RETURNED));
    slots.giveBack(slot);
    activity.ended();
    events.accept(
        said == Said.DONE
            ? ended
            : new SessionEvent.Ended(
                ended.id(),
                said == Said.NOT_READY ? Outcome.failed(CallTrial.NOT_READY) : Outcome.success(),
                ended.usage(),
                ended.stdout(),
                ended.stderr(),
                ended.tailOf(),
                ended.tail()));
  }

  private static Said said(Job job, Outcome outcome) {
    if (job instanceof ProcessJob process
        && process.codes() == ProcessJob.Codes.RESERVED
        && outcome.cause().orElse(null) instanceof Cause.ExitCode exit) {
      return switch (exit.code()) {
        case 75 -> Said.NOT_READY;
        case 125 -> Said.SKIPPED;
        case 126 -> Said.UNCHANGED;
        default -> Said.DONE;
      };
    }
    return Said.DONE;
  }

  @Override
  public void end(TrialId id, Force force) {
    CallTrial trial = calls.get(id);
    if (trial == null) {
      processes.ifPresent(p -> p.end(id, force));
    } else if (force == Force.TERMINATE) {
      trial.interrupt();
    } else {
      giveUp(id, trial);
    }
  }

  private void giveUp(TrialId id, CallTrial trial) {
    trial.interrupt();
    if (calls.remove(id, trial)) {
      activity.ended();
      activity.gaveUp();
      trial.giveUp();
    }
  }

  /** There is no signal for a thread. */
  @Override
  public void signal(TrialId id, int signal) {
    processes.ifPresent(p -> p.signal(id, signal));
  }

  @Override
  public void close() {
    calls.forEach(this::giveUp);
    workers.close();
    processes.ifPresent(Session::close);
    closing.run();
  }
}
