package org.jobfold.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jobfold.disk.Sight;
import org.jobfold.folder.FolderName;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.FolderState.Live;
import org.jobfold.journal.RunState;
import org.jobfold.trial.Failure;

/**
 * How a run stands, in numbers.
 *
 * @param sight what they are from
 * @param at when it was looked
 * @param succeeded folders
 * @param skipped folders that need not run
 * @param again folders that failed, wait, and have another trial
 * @param failures folders that failed for good
 * @param blocked folders that others block
 * @param running the folders whose process runs, or ran when the run was killed; those first that
 *     began first
 * @param queue whether a submission of it is in the queue, as far as that was asked
 */
record Standing(
    Sight sight,
    Instant at,
    int succeeded,
    int skipped,
    int again,
    Map<FolderName, Failure> failures,
    BlockedText blocked,
    List<Map.Entry<FolderName, Live>> running,
    Queue queue) {

  /** Whether it was given to a batch system, and waits there. */
  enum Queue {
    /** Jobs of it wait, or begin just now. */
    IN,
    /** None is known of. */
    OUT
  }

  /** By what is seen at a time. */
  static Standing of(Sight sight, Instant at) {
    RunState state = sight.account().state();
    int succeeded = 0;
    int skipped = 0;
    int again = 0;
    for (Map.Entry<FolderName, FolderState> each : state.folders().entrySet()) {
      FolderState folder = each.getValue();
      if (!state.counts(each.getKey())) {
        continue;
      }
      if (folder instanceof FolderState.Succeeded) {
        succeeded++;
      } else if (folder instanceof FolderState.Skipped) {
        skipped++;
      } else if (folder instanceof FolderState.Open open
          && open.trials() > 0
          && open.live().isEmpty()) {
        again++;
      }
    }
    List<Map.Entry<FolderName, Live>> running =
        state.running().entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<FolderName, Live> entry) -> entry.getValue().at())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    SortedMap<FolderName, Failure> failures = state.failures();
    BlockedText blocked = BlockedText.of(failures);
    failures.values().removeIf(Failure::blocked);
    return new Standing(
        sight, at, succeeded, skipped, again, failures, blocked, running, Queue.OUT);
  }

  /** The same of a tree that may have been submitted. */
  Standing of(Optional<Submitted.View> submitted) {
    return new Standing(
        sight,
        at,
        succeeded,
        skipped,
        again,
        failures,
        blocked,
        running,
        submitted.filter(Submitted.View::isInQueue).isPresent() ? Queue.IN : Queue.OUT);
  }

  Sight.State state() {
    return sight.state();
  }

  /** Whether a batch job is to run the tree, and none does now. */
  boolean isQueued() {
    return queue == Queue.IN && state() != Sight.State.RUNNING;
  }

  /** The state in one word, for machines and for people. */
  String word() {
    return isQueued() ? "queued" : state().name().toLowerCase(Locale.ROOT);
  }

  Optional<Entry.RunStarted> run() {
    return sight.account().state().run();
  }

  int failed() {
    return failures.size();
  }

  /** Folders that failed for good, or that others block. */
  int notDone() {
    return failed() + blocked.blocked().size();
  }

  /** Folders without a final state. A damaged journal may say less than there are running. */
  int left() {
    return Math.max(sight.account().state().left(), running.size());
  }

  /** Whether a run goes on that has nothing to do: it holds its ranks for updates of the tree. */
  boolean isIdle() {
    return state() == Sight.State.RUNNING
        && !sight.isBeginning()
        && left() == 0
        && sight.account().state().end().isEmpty();
  }

  int waiting() {
    return left() - running.size();
  }

  int total() {
    return succeeded + skipped + notDone() + left();
  }

  /** How long the run takes, or took as far as is known. */
  Optional<Duration> elapsed() {
    return run()
        .map(Entry.RunStarted::at)
        .map(begin -> Duration.between(begin, end()))
        .filter(time -> !time.isNegative());
  }

  /** When it ended, or was heard of last; now, if it goes on. */
  private Instant end() {
    RunState state = sight.account().state();
    return state() == Sight.State.RUNNING
        ? at
        : state.end().map(Entry.RunEnded::at).or(sight.account()::heard).orElse(at);
  }

  /**
   * How many folders came to their end in this run: those that it was to run without those left. If
   * the tree was changed meanwhile, it may be too few.
   */
  int done() {
    return Math.max(0, run().map(Entry.RunStarted::folders).orElse(0) - left());
  }

  /** How many folders came to their end in a second of this run; 0 if it can not be said. */
  double rate() {
    double seconds = elapsed().map(Json::seconds).orElse(0.0);
    return seconds > 0 ? done() / seconds : 0;
  }

  /**
   * How long the rest takes if it goes on at the rate of this run so far. Absent before as many
   * have ended as run at a time: until then those that are quick are counted, and the others are
   * not.
   */
  Optional<Duration> rest() {
    if (state() != Sight.State.RUNNING
        || sight.isBeginning()
        || left() == 0
        || rate() <= 0
        || done() < running.size()) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(Math.max(1, Math.round(left() / rate()))));
  }

  /** What the run ends with, or has ended with. */
  int exitCode() {
    if (isQueued() || state() != Sight.State.COMPLETE) {
      return ExitCodes.INCOMPLETE;
    }
    return notDone() > 0 ? ExitCodes.FAILED : ExitCodes.SUCCEEDED;
  }
}
