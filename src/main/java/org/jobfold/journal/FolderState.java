package org.jobfold.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jobfold.comm.Placement;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;

/** What the account of a run says of one folder. */
public sealed interface FolderState {
  /** How many trials it has had that count: not those that were interrupted or lost. */
  int trials();

  /** A success, at a trial. */
  static Succeeded succeeded(int trials) {
    return trials >= 0 && trials < Succeeded.SHARED.length
        ? Succeeded.SHARED[trials]
        : new Succeeded(trials);
  }

  /**
   * It succeeded, which is final.
   *
   * @param trials how many trials it had
   */
  record Succeeded(int trials) implements FolderState {
    private static final Succeeded[] SHARED = new Succeeded[16];

    static {
      for (int i = 0; i < SHARED.length; i++) {
        SHARED[i] = new Succeeded(i);
      }
    }
  }

  /**
   * It need not run, which is as final as a success.
   *
   * @param reason why, for people
   */
  record Skipped(String reason) implements FolderState {
    @Override
    public int trials() {
      return 0;
    }
  }

  /**
   * It failed for good.
   *
   * @param failure why, without the tail of its output
   */
  record Failed(Failure failure) implements FolderState {
    @Override
    public int trials() {
      return failure.trials();
    }
  }

  /**
   * It is not in its final state.
   *
   * @param trials how many trials it has had that count
   * @param step the step it goes on with, counted from 0; those before have succeeded. May be the
   *     number of its steps: then all have, and only the record of its final state is missing
   * @param forgiven how many of these trials, the first ones, count for no budget any more: it has
   *     all its trials once more from there on
   * @param causes why the trials after those have failed, in their order, as far as it is recorded;
   *     at most as many as there were
   * @param live the process that was running when the account ends
   */
  record Open(int trials, int step, int forgiven, List<Cause> causes, Optional<Live> live)
      implements FolderState {
    static final Open UNTOUCHED = new Open(0, 0, 0, List.of(), Optional.empty());

    /** Copies the list; what is more than the trials is no longer true. */
    public Open {
      forgiven = Math.min(trials, forgiven);
      causes = List.copyOf(causes.subList(0, Math.min(trials - forgiven, causes.size())));
    }

    /** How many trials count for its budgets. */
    public int unforgiven() {
      return trials - forgiven;
    }
  }

  /**
   * A process that was ordered or started and has not ended, as far as the account goes.
   *
   * @param at when it was ordered, or started where that is not recorded
   * @param trial its trial, counted from 1
   * @param step its step, counted from 0
   * @param slot its slot; absent where the order is not recorded
   * @param placement the ranks it has; none where the order is not recorded
   * @param pid its process id; absent where its start is not recorded
   */
  record Live(
      Instant at, int trial, int step, OptionalInt slot, Placement placement, OptionalLong pid) {}
}
