package org.jobfold.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Advice;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one vertex while it is worked on: the advice, once there is one, and its last
 * trial.
 */
final class Entry<K extends Comparable<K>, V> {
  /**
   * How the last trial went, as the session saw it.
   *
   * @param number of the trial; 0: there was none
   */
  record LastTrial(
      int number,
      OptionalInt slot,
      Instant started,
      Duration elapsed,
      Said said,
      JobResult.JobThread thread) {
    static final LastTrial NONE =
        new LastTrial(
            0,
            OptionalInt.empty(),
            Instant.EPOCH,
            Duration.ZERO,
            Said.DONE,
            JobResult.JobThread.RETURNED);
  }

  private final int index;
  private final Vertex<K, V> vertex;
  private final JobFolder folder;
  private boolean claimed;
  private @Nullable Advice advice;
  private @Nullable Consumer<Advice> asking;
  private volatile @Nullable Job job;
  private volatile LastTrial last = LastTrial.NONE;
  private volatile @Nullable JobResult<K> result;

  /** Only for the thread of the callbacks. */
  private int requeues;

  private Optional<Throwable> trouble = Optional.empty();

  Entry(int index, Vertex<K, V> vertex, JobFolder folder) {
    this.index = index;
    this.vertex = vertex;
    this.folder = folder;
  }

  int index() {
    return index;
  }

  Vertex<K, V> vertex() {
    return vertex;
  }

  JobFolder folder() {
    return folder;
  }

  /** The run asks. Whether somebody has to think about it; else the answer is given, or will be. */
  boolean ask(Consumer<Advice> answer) {
    Advice known;
    synchronized (this) {
      known = advice;
      if (known == null) {
        asking = answer;
        return !claimed;
      }
    }
    answer.accept(known);
    return false;
  }

  /** Whether this is the first who wants to think about it. */
  synchronized boolean claim() {
    boolean first = !claimed;
    claimed = true;
    return first;
  }

  /** Keeps the advice; gives whom to tell, if anybody asked already. */
  synchronized Optional<Consumer<Advice>> advise(Advice given) {
    advice = given;
    return Optional.ofNullable(asking);
  }

  Job job() {
    Job known = job;
    if (known == null) {
      throw new IllegalStateException("vertex '" + vertex.id() + "' has no job yet");
    }
    return known;
  }

  boolean hasJob() {
    return job != null;
  }

  void job(Job given) {
    job = given;
  }

  LastTrial last() {
    return last;
  }

  void last(LastTrial trial) {
    last = trial;
  }

  Optional<JobResult<K>> result() {
    return Optional.ofNullable(result);
  }

  void result(JobResult<K> known) {
    result = known;
  }

  /** Counts another requeue; whether there were more than so many. */
  boolean requeuedMoreThan(int limit) {
    requeues++;
    return requeues > limit;
  }

  /** What a hook threw, if one did: it is a failure of this job. */
  Optional<Throwable> trouble() {
    return trouble;
  }

  void trouble(Throwable thrown) {
    trouble = Optional.of(thrown);
  }
}
