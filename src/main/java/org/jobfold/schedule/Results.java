package org.jobfold.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;

/** Says what has become of a vertex, in the words of this package. */
final class Results<K extends Comparable<K>, V> {
  private final Roster<K, V> roster;

  Results(Roster<K, V> roster) {
    this.roster = roster;
  }

  /** Of one that ran. */
  JobResult<K> ran(Entry<K, V> entry, Outcome outcome) {
    Optional<Cause> cause = outcome.cause();
    Said said = entry.last().said();
    JobStatus status;
    if (cause.isEmpty()) {
      status =
          switch (said) {
            case UNCHANGED -> JobStatus.UNCHANGED;
            case SKIPPED -> JobStatus.SKIPPED;
            case DONE, NOT_READY -> JobStatus.SUCCEEDED;
          };
    } else if (cause.get() instanceof Cause.Interrupted) {
      status = JobStatus.INTERRUPTED;
    } else {
      status = cause.get().equals(CallTrial.NOT_READY) ? JobStatus.NOT_READY : JobStatus.FAILED;
    }
    return result(entry, status, cause, "", none());
  }

  /** Of one that failed, whatever its job says. */
  JobResult<K> failed(Entry<K, V> entry, Cause cause) {
    return result(entry, JobStatus.FAILED, Optional.of(cause), "", none());
  }

  /** Of one whose job is never started. */
  JobResult<K> empty(Entry<K, V> entry, EmptyJob job) {
    if (job.status().isGood()) {
      return result(entry, job.status(), Optional.empty(), job.reason(), none());
    }
    SortedSet<K> origins = origins(entry);
    if (job.status() == JobStatus.BLOCKED && !origins.isEmpty()) {
      return result(
          entry, JobStatus.BLOCKED, Optional.of(upstream(origins)), job.reason(), origins);
    }
    Cause cause = new Cause.LaunchError(job.reason(), Cause.Prospect.LASTING);
    return result(entry, JobStatus.FAILED, Optional.of(cause), job.reason(), none());
  }

  /** Of one that the engine settled by itself. */
  JobResult<K> settled(Entry<K, V> entry, FinalState state) {
    if (state.failure().isEmpty()) {
      return state.skip().isPresent()
          ? result(entry, JobStatus.SKIPPED, Optional.empty(), state.skip().get(), none())
          : ran(entry, Outcome.success());
    }
    Cause cause = state.failure().get().cause();
    if (cause instanceof Cause.Upstream upstream) {
      SortedSet<K> origins = new TreeSet<>();
      upstream.origins().forEach(name -> origins.add(roster.of(name).vertex().id()));
      return result(
          entry,
          JobStatus.BLOCKED,
          Optional.of(cause),
          "",
          Collections.unmodifiableSortedSet(origins));
    }
    return ran(entry, Outcome.failed(cause));
  }

  private JobResult<K> result(
      Entry<K, V> entry,
      JobStatus status,
      Optional<Cause> cause,
      String reason,
      SortedSet<K> origins) {
    Entry.LastTrial last = entry.last();
    return new JobResult<>(
        entry.vertex().id(),
        status,
        cause,
        reason.isEmpty() ? cause.map(Cause::text).orElse("") : reason,
        last.number(),
        last.slot(),
        last.started(),
        last.elapsed(),
        origins,
        last.thread());
  }

  private Cause upstream(SortedSet<K> origins) {
    SortedSet<FolderName> names = new TreeSet<>();
    origins.forEach(id -> roster.find(id).ifPresent(e -> names.add(e.folder().name())));
    return new Cause.Upstream(names);
  }

  /** Those that are to blame: what many share is made once. */
  private SortedSet<K> origins(Entry<K, V> entry) {
    SortedSet<K> all = none();
    List<SortedSet<K>> each = new ArrayList<>();
    for (JobResult<K> before : roster.predecessors(entry).values()) {
      if (!before.status().isGood()) {
        each.add(
            before.status() == JobStatus.BLOCKED
                ? before.origins()
                : Collections.unmodifiableSortedSet(new TreeSet<>(List.of(before.id()))));
      }
    }
    for (SortedSet<K> more : each) {
      if (all.isEmpty()) {
        all = more;
      } else if (!all.containsAll(more)) {
        SortedSet<K> both = new TreeSet<>(all);
        both.addAll(more);
        all = Collections.unmodifiableSortedSet(both);
      }
    }
    return all;
  }

  private SortedSet<K> none() {
    return Collections.emptySortedSet();
  }
}
