package org.jobfold.schedule;

import org.jobfold.spi.Verdict;

/**
 * Is told what came of each job, and says whether that counts.
 *
 * @param <K> the ids
 * @param <V> the data
 */
@FunctionalInterface
public interface Collector<K extends Comparable<K>, V> {
  /**
   * Judges a job that has ended: accept it, put it back behind its equals after a delay, or fail
   * it. What a job held is given back before. Those that come after it wait for the answer; no
   * others do. Never called at the same time as any other callback.
   *
   * <p>One that was never started, or that was interrupted with the whole run, can not be put back.
   *
   * @throws Exception if it can not be judged: the vertex has failed then, and no other
   */
  Verdict collect(Vertex<K, V> vertex, Job job, JobResult<K> result) throws Exception;

  /** Accepts everything. */
  static <K extends Comparable<K>, V> Collector<K, V> accepting() {
    return (vertex, job, result) -> new Verdict.Accept();
  }
}
