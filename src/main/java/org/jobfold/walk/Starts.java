package org.jobfold.walk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;

/**
 * Starts the trials of folders that wait, on ranks that are free, and takes back what they held.
 */
final class Starts {
  private final OpenFolders open;
  private final RunningTrials running;
  private final OwnRanks ranks;
  private final LearnedTimes learned;
  private final HostFaults faults;
  private final Queue<Action> decided;
  private final Tokens tokens;
  private Admission admission;
  private int retries;

  /**
   * Where nothing has been started yet.
   *
   * @param queues how many tokens each queue has
   * @param decided takes up what is to be done
   */
  Starts(
      Map<String, Integer> queues,
      OpenFolders open,
      RunningTrials running,
      OwnRanks ranks,
      LearnedTimes learned,
      HostFaults faults,
      Queue<Action> decided) {
    this.open = open;
    this.running = running;
    this.ranks = ranks;
    this.learned = learned;
    this.faults = faults;
    this.decided = decided;
    this.tokens = new Tokens(queues);
    this.admission = admission();
  }

  /** The ranks are shared out in another way, or among other folders. */
  void share() {
    admission = admission();
  }

  private Admission admission() {
    return new Admission(
        open.sharing(), tokens, waiting -> learned.expectedOrLimit(waiting.changed()));
  }

  /** Starts what can start. */
  void admit(Duration now) {
    Communicator free = ranks.free();
    ranks.withheld().gather(free);
    for (Admission.Admitted admitted :
        admission.admit(
            open.waiting().startable(now),
            free,
            running.size(),
            ranks.hosts().widest(),
            () -> running.outlook(learned, now))) {
      start(admitted, now);
    }
    for (Host host : ranks.withheld().due()) {
      if (running.size() < open.sharing().nbpools() && running.noneOn(host)) {
        tryOn(host, now);
      }
    }
  }

  /** One folder, and none that was pardoned before: it is not to pay for the host again. */
  private void tryOn(Host host, Duration now) {
    Startable startable = open.waiting().startable(now);
    List<Waiting> pardoned = startable.takeIf(w -> w.history().lost() > 0);
    int others = Math.max(0, open.sharing().nbpools() - 1);
    for (Admission.Admitted admitted :
        admission.admit(
            startable,
            ranks.withheld().on(host).orElseThrow(),
            others,
            ranks.hosts().widest(),
            () -> running.outlook(learned, now))) {
      faults.tried(host);
      start(admitted, now);
    }
    pardoned.forEach(startable::add);
  }

  /**
   * Where nothing runs and nothing could start, nothing will tell any more whether it was the
   * hosts: all are trusted. Whether that changes what can start.
   */
  boolean trustWhereNothingElseIsLeft(Duration now) {
    boolean nothingIsDoubtful = faults.nothingIsDoubtful();
    if (!running.isEmpty() || (nothingIsDoubtful && ranks.withheld().isEmpty())) {
      return false;
    }
    boolean nothingWaits = open.waiting().isEmpty() && open.turns().isEmpty();
    if (nothingIsDoubtful && !nothingWaits && open.waiting().startable(now).isEmpty()) {
      return false;
    }
    if (nothingWaits) {
      ranks.withheld().release();
    }
    faults.trustAll(now);
    return true;
  }

  private void start(Admission.Admitted admitted, Duration now) {
    Trial trial = running.start(admitted, now);
    retries += trial.begun().isRepeated() ? 1 : 0;
    decided.add(new Action.Launch(trial.order()));
  }

  /** How many were started that repeat others which count. */
  int retries() {
    return retries;
  }

  /** A trial has ended: it holds nothing any more but its ranks. */
  void ended(Trial trial) {
    running.remove(trial);
    admission.ended(trial.need());
  }

  /** A trial was not started after all: its folder waits as if its turn had not come. */
  void recall(Trial trial) {
    retries -= trial.begun().isRepeated() ? 1 : 0;
    takeBack(trial);
  }

  /** A trial counts for nothing: its folder waits again. */
  void takeBack(Trial trial) {
    ended(trial);
    trial.ranks().release();
    open.putBack(trial.begun().at(trial.step()));
  }
}
