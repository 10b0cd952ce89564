package org.jobfold.retry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Retry;
import org.jobfold.trial.Cause;

/**
 * What happens after a failed trial. Each kind of cause has a budget of its own: {@code maxtrials}
 * for failures of the folder itself, a small one for launch errors, a large one for those for want
 * of room, and one for trials that ask to be tried again later. A trial that was lost with its host
 * costs none of them; but a folder that is lost again and again may be what the hosts die of (the
 * limit is HyperQueue's crash limit).
 *
 * @param maxtrials how many failures of its own a folder may have, where it does not say so itself;
 *     the last one is final; at least 1
 */
public record RetryRule(int maxtrials) {
  /** Before another attempt to start, where the folder names no delay. */
  static final Backoff LAUNCH = Backoff.always(Duration.ofSeconds(1));

  /** The same where the disk is full. */
  static final Backoff NO_ROOM = Backoff.always(Duration.ofSeconds(10));

  /** So many trials may fail for want of room; the last one is final: ten minutes of them. */
  static final int WITHOUT_ROOM = 60;

  /** Before a trial that was asked for, where the folder names no delay. */
  static final Backoff TEMPFAIL = Backoff.always(Duration.ofSeconds(10));

  /** So many times in a row a folder may be lost with its host; the last one is final. */
  public static final int LOST = 5;

  /** Refuses less than one trial. */
  public RetryRule {
    if (maxtrials < 1) {
      throw new IllegalArgumentException(
          "'maxtrials' is " + maxtrials + ": a folder needs at least 1");
    }
  }

  /**
   * Another trial.
   *
   * @param delay how long the folder waits before
   * @param history with the trial that failed
   */
  public record Again(Duration delay, History history) {}

  /**
   * The next trial of a folder whose trial failed; empty if it has failed for good.
   *
   * @param before what the trials before that one came to
   * @param cause why that one failed
   */
  public Optional<Again> after(JobFolder folder, History before, Cause cause) {
    Retry retry = folder.settings().retry();
    if (cause instanceof Cause.Interrupted || cause instanceof Cause.Vanished) {
      return Optional.empty();
    }
    History history = counted(retry, before, cause);
    if (cause instanceof Cause.NodeLost) {
      return history.lost() >= LOST
          ? Optional.empty()
          : Optional.of(new Again(Duration.ZERO, history));
    }
    if (cause instanceof Cause.LaunchError error) {
      return error.prospect() == Cause.Prospect.LASTING || history.launch() >= retry.launch()
          ? Optional.empty()
          : Optional.of(again(retry, LAUNCH, history.launch(), history));
    }
    if (cause instanceof Cause.NoRoom) {
      return history.room() >= WITHOUT_ROOM
          ? Optional.empty()
          : Optional.of(again(retry, NO_ROOM, history.room(), history));
    }
    if (asksToTryAgainLater(retry, cause)) {
      return history.tempfail() >= retry.tempfail().orElseThrow()
          ? Optional.empty()
          : Optional.of(again(retry, TEMPFAIL, history.tempfail(), history));
    }
    return change(retry, cause).isEmpty()
            || history.own() >= folder.settings().maxtrials().orElse(maxtrials)
        ? Optional.empty()
        : Optional.of(again(retry, Backoff.NONE, history.own(), history));
  }

  /**
   * What earlier trials of a folder came to, judged by what the folder says now.
   *
   * @param trials how many trials there were
   * @param causes why they failed; where it is not known of all, the others count as failures of
   *     the folder itself
   */
  public History history(JobFolder folder, int trials, List<Cause> causes) {
    History history = History.ofOwn(trials - causes.size());
    for (Cause cause : causes) {
      history = counted(folder.settings().retry(), history, cause);
    }
    return history;
  }

  /**
   * A failure that was counted turns out to be the host's: it is one that was lost with its host.
   */
  public History pardoned(JobFolder folder, History history, Cause cause) {
    if (cause instanceof Cause.LaunchError) {
      return history.butLaunch();
    }
    return asksToTryAgainLater(folder.settings().retry(), cause)
        ? history.butTempfail()
        : history.butOwn();
  }

  private static History counted(Retry retry, History before, Cause cause) {
    if (cause instanceof Cause.LaunchError) {
      return before.andLaunch();
    }
    if (cause instanceof Cause.NoRoom) {
      return before.andNoRoom();
    }
    if (cause instanceof Cause.NodeLost) {
      return before.andLost();
    }
    return asksToTryAgainLater(retry, cause)
        ? before.andTempfail()
        : before.andOwn(change(retry, cause).orElse(Change.NONE));
  }

  private static boolean asksToTryAgainLater(Retry retry, Cause cause) {
    return retry.tempfail().isPresent() && cause.equals(new Cause.ExitCode(Retry.TEMPFAIL));
  }

  private static Again again(Retry retry, Backoff usual, int failures, History history) {
    return new Again(retry.backoff().orElse(usual).after(failures), history);
  }

  /** What a failure of the folder itself changes; empty if it is not worth another trial. */
  private static Optional<Change> change(Retry retry, Cause cause) {
    if (cause instanceof Cause.ExitCode exit) {
      return retry.exitCodes().contains(exit.code())
          ? change(retry, Retry.Kind.EXIT)
          : Optional.empty();
    }
    if (cause instanceof Cause.Signal) {
      return change(retry, Retry.Kind.SIGNAL);
    }
    return change(retry, cause instanceof Cause.Timeout ? Retry.Kind.TIMEOUT : Retry.Kind.CHECK);
  }

  private static Optional<Change> change(Retry retry, Retry.Kind kind) {
    return Optional.ofNullable(retry.worth().get(kind));
  }
}
