package org.jobfold.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jobfold.process.FolderPool;
import org.jobfold.trial.SignalNames;
import org.jobfold.walk.Stop;

/**
 * What a signal means for a run: the first one ends the running folders, another one forces them,
 * and USR1 says that the end is near. In a batch job one warning comes in several ways, by Slurm to
 * all processes and by who has started this one: there SIGTERM counts once. May be told by any
 * thread, also before the run has begun.
 */
final class StopSignals {
  private static final int USR1 = SignalNames.number("USR1").orElse(0);
  private static final int TERM = 15;
  private static final List<String> BATCH_JOBS = List.of("SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID");
  private static final String[] NAMES = new String[65];

  static {
    NAMES[1] = "SIGHUP";
    NAMES[2] = "SIGINT";
    NAMES[USR1] = "SIGUSR1";
    NAMES[15] = "SIGTERM";
  }

  private final FolderPool pool;
  private final Consumer<String> say;
  private final boolean isBatchJob;

  private final EndArguments end;
  private final AtomicInteger first = new AtomicInteger();
  private final AtomicBoolean near = new AtomicBoolean();

  StopSignals(
      FolderPool pool, EndArguments end, Map<String, String> environment, Consumer<String> say) {
    this.pool = pool;
    this.end = end;
    this.say = say;
    this.isBatchJob =
        BATCH_JOBS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
  }

  /** A signal has come. */
  void came(int number) {
    near.compareAndSet(false, number == USR1);
    if (number == USR1) {
      pool.endIsNear(NAMES[USR1]);
      say.accept(
          "jobfold: "
              + NAMES[USR1]
              + ": the end is near: starting nothing new, running folders end"
              + " by themselves"
              + (end.isKnown() ? ", or in time for the end of the allocation" : ""));
      return;
    }
    boolean isFirst = first.compareAndSet(0, number);
    String name = NAMES[number];
    if (number == TERM && first.get() == TERM && isBatchJob) {
      if (isFirst) {
        pool.stop(Stop.TERMINATE, name);
        say.accept("jobfold: " + name + ": ending the running folders");
      }
      return;
    }
    pool.stop(isFirst ? Stop.TERMINATE : Stop.KILL, name);
    say.accept(
        "jobfold: "
            + name
            + (isFirst
                ? ": ending the running folders; once more to force them"
                : " again: forcing the running folders"));
  }

  /** The run has begun: what came before it did, and was not heard, is said again. */
  void repeat() {
    if (first.get() != 0) {
      pool.stop(Stop.TERMINATE, NAMES[first.get()]);
    } else if (near.get()) {
      pool.endIsNear(NAMES[USR1]);
    }
  }

  /** The number of the first one that ended the run; 0 if none did. */
  int first() {
    return first.get();
  }
}
