package org.jobfold.schedule;

import java.util.SortedMap;

/**
 * Says what is done for a vertex.
 *
 * @param <K> the ids
 * @param <V> the data
 */
@FunctionalInterface
public interface JobProvider<K extends Comparable<K>, V> {
  /**
   * The job of a vertex. Asked once for each, when all before it are done; never at the same time
   * as any other callback.
   *
   * @param predecessors what has become of those right before it
   * @throws Exception if there is no job: the vertex has failed then, and no other
   */
  Job job(Vertex<K, V> vertex, SortedMap<K, JobResult<K>> predecessors) throws Exception;
}
