package org.jobfold.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.jobfold.print.Fingerprint;

/**
 * What a {@link DagWalk} does with the vertices of its graph. Its methods are never called at the
 * same time. An exception in one is a failure of that vertex and of no other.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public interface WalkActions<K extends Comparable<K>, V> {
  /** When a fingerprint is computed. */
  enum Moment {
    /** Before the job: what it will be if the job succeeds. */
    PREDICTED,
    /** After it. */
    FINAL
  }

  /**
   * What is known of a vertex when it is its turn.
   *
   * @param id which
   * @param data of it
   * @param previous the fingerprint of its last success, if it is known
   * @param predicted what it will be now, if that can be said
   * @param predecessors the fingerprints of those right before it, where they have one
   * @param <K> the ids
   * @param <V> the data
   */
  record Turn<K extends Comparable<K>, V>(
      K id,
      V data,
      Optional<Fingerprint> previous,
      Optional<Fingerprint> predicted,
      SortedMap<K, Optional<Fingerprint>> predecessors) {
    /** Whether something has changed since the last success, or may have for all that is known. */
    public boolean isChanged() {
      return previous.isEmpty()
          || !previous.equals(predicted)
          || predecessors.values().stream().anyMatch(Optional::isEmpty);
    }
  }

  /** The fingerprint of the last success that was saved; none if there is none of use. */
  Optional<Fingerprint> loadFingerprint(K id);

  /** Keeps the fingerprint of a success, in place of the one before. */
  void saveFingerprint(K id, Fingerprint print);

  /**
   * The fingerprint of a vertex; none if that can not be said: then it always runs, and so do those
   * right after it.
   */
  Optional<Fingerprint> computeFingerprint(K id, V data, Moment moment);

  /** Whether a vertex is to be run. Those before it are all good. */
  default boolean shouldExecute(Turn<K, V> turn) {
    return turn.isChanged();
  }

  /** The job of a vertex that is to be run. */
  Job createJob(Turn<K, V> turn);

  /**
   * The job of a vertex that is not to be run.
   *
   * @param reason for people
   * @param status skipped, or blocked
   */
  default EmptyJob createSkippedJob(Turn<K, V> turn, String reason, JobStatus status) {
    return new EmptyJob(status, reason);
  }

  /**
   * Asked of a job that said that it is not ready: after what delay it is put back; none if it has
   * failed.
   */
  default Optional<Duration> requestRequeue(Job job, JobResult<K> result) {
    return Optional.empty();
  }
}
