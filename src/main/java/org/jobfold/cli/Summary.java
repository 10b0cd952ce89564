package org.jobfold.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jobfold.comm.Host;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Loss;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Tally;

/**
 * What came of a run.
 *
 * @param root the root of the tree
 * @param ranks how many ranks there were
 * @param hosts on how many hosts these were
 * @param nbpools how many folders could run at a time
 * @param tally how many folders are in which state
 * @param errors the folders that did not succeed; those that were interrupted too
 * @param elapsed from its start to its end
 * @param cpu the CPU time of all trials
 * @param lost the ranks that were lost
 * @param noRoom the folders that failed for want of room and run again in a resume
 * @param withheld hosts that were at fault, each with how many failures there cost no trial
 * @param maxFailures after how many failed folders nothing new was started
 * @param exit the exit code, where it is not the folders that say it: a signal stopped it, or it
 *     broke off
 */
record Summary(
    Path root,
    int ranks,
    int hosts,
    int nbpools,
    Tally tally,
    SortedMap<FolderName, Failure> errors,
    Duration elapsed,
    Duration cpu,
    List<Loss> lost,
    WithoutRoom noRoom,
    SortedMap<Host, Integer> withheld,
    OptionalInt maxFailures,
    Optional<Integer> exit) {
  /** What failed for good. */
  SortedMap<FolderName, Failure> failed() {
    return where(failure -> !failure.interrupted() && !failure.blocked());
  }

  /** What was not run because of folders upstream. */
  SortedMap<FolderName, Failure> blocked() {
    return where(Failure::blocked);
  }

  /** The errors map: what failed for good or is blocked. */
  SortedMap<FolderName, Failure> notDone() {
    return where(failure -> !failure.interrupted());
  }

  /** Whether it left folders because so many others have failed. */
  boolean endedByFailures() {
    return maxFailures.isPresent()
        && tally.waiting() > 0
        && tally.failed() >= maxFailures.getAsInt();
  }

  /** What was interrupted. */
  SortedMap<FolderName, Failure> interrupted() {
    return where(Failure::interrupted);
  }

  int exitCode() {
    if (exit.isPresent()) {
      return exit.get();
    }
    if (tally.waiting() + tally.interrupted() > 0) {
      return ExitCodes.INCOMPLETE;
    }
    return tally.failed() + tally.blocked() > 0 ? ExitCodes.FAILED : ExitCodes.SUCCEEDED;
  }

  /** The directory of a folder. */
  Path directory(FolderName folder) {
    return root.resolve(folder.relative());
  }

  private SortedMap<FolderName, Failure> where(Predicate<Failure> wanted) {
    SortedMap<FolderName, Failure> some = new TreeMap<>(errors);
    some.values().removeIf(wanted.negate());
    return some;
  }
}
