package org.jobfold.process;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Usage;

/**
 * A process that runs nothing and completes with a given chance each time it is polled: for testing
 * what starts processes. It holds its ranks like a real one.
 *
 * <p>The idea is pylada's {@code DummyProcess}.
 */
public final class DummyProcess implements JobProcess {
  private enum Phase {
    NEW,
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  private final double chance;
  private final RandomGenerator random;
  private Phase phase = Phase.NEW;
  private Optional<Communicator> ranks = Optional.empty();

  /**
   * A process that has not been started.
   *
   * @param chance that a poll finds it finished, above 0 and at most 1
   * @param random decides; the same seed gives the same course
   */
  public DummyProcess(double chance, RandomGenerator random) {
    if (!(chance > 0 && chance <= 1)) {
      throw new IllegalArgumentException(
          "the chance is "
              + chance
              + ": it must be above 0 and at most 1, or the process never ends");
    }
    this.chance = chance;
    this.random = random;
  }

  @Override
  public synchronized void start(Communicator comm) {
    if (phase == Phase.RUNNING) {
      throw new AlreadyStarted();
    }
    if (phase != Phase.NEW) {
      return;
    }
    if (comm.size() == 0) {
      throw new MpiSizeException("the communicator has no ranks: nothing can run on it");
    }
    ranks = Optional.of(comm.lendAll());
    phase = Phase.RUNNING;
  }

  @Override
  public synchronized boolean poll() {
    if (phase == Phase.NEW) {
      throw new NotStarted();
    }
    if (phase == Phase.RUNNING && random.nextDouble() < chance) {
      finish(Phase.SUCCEEDED);
    }
    if (phase == Phase.FAILED) {
      throw new Fail(errors());
    }
    return phase == Phase.SUCCEEDED;
  }

  @Override
  public void waitFor() {
    while (!poll()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void terminate() {
    kill();
  }

  @Override
  public synchronized void kill() {
    if (phase == Phase.RUNNING) {
      finish(Phase.FAILED);
    }
  }

  @Override
  public synchronized boolean done() {
    return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
  }

  @Override
  public synchronized int runningCount() {
    return phase == Phase.RUNNING ? 1 : 0;
  }

  @Override
  public synchronized SortedMap<FolderName, Failure> errors() {
    SortedMap<FolderName, Failure> errors = new TreeMap<>();
    if (phase == Phase.FAILED) {
      Cause killed = new Cause.Interrupted("killed by the program");
      errors.put(
          FolderName.ROOT,
          new Failure(
              killed, 1, Usage.none(java.time.Instant.EPOCH), "", "", "", java.util.List.of()));
    }
    return errors;
  }

  private void finish(Phase end) {
    phase = end;
    ranks.ifPresent(Communicator::release);
    ranks = Optional.empty();
  }
}
