package org.jobfold.schedule;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a job is run.
 *
 * @param tokens how many tokens of which queues it holds while it runs, each at least 1; none: only
 *     the number of slots limits it
 * @param priority of what could start, the largest starts first
 * @param timeout how long one trial may take, more than zero; where absent, what the scheduler says
 */
public record JobOptions(
    SortedMap<String, Integer> tokens, int priority, Optional<Duration> timeout) {
  /** The queue of jobs that name none. */
  public static final String DEFAULT_QUEUE = "default";

  /** One token of the default queue, priority 0, and the timeout of the scheduler. */
  public static final JobOptions DEFAULT =
      new JobOptions(new TreeMap<>(Map.of(DEFAULT_QUEUE, 1)), 0, Optional.empty());

  /** Copies the map; refuses less than one token, and a timeout of nothing. */
  public JobOptions {
    tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
    tokens.forEach(
        (queue, count) -> {
          if (count < 1) {
            throw new IllegalArgumentException(
                "a job holds " + count + " tokens of queue '" + queue + "': give it at least 1");
          }
        });
    if (timeout.filter(t -> t.isZero() || t.isNegative()).isPresent()) {
      throw new IllegalArgumentException(
          "the timeout is " + timeout.get() + ": it must be more than zero");
    }
  }

  /** The same with tokens of one queue in place of all others. */
  public JobOptions in(String queue, int count) {
    return withTokens(Map.of(queue, count));
  }

  /** The same with these tokens in place of all others. */
  public JobOptions withTokens(Map<String, Integer> all) {
    return new JobOptions(new TreeMap<>(all), priority, timeout);
  }

  /** The same with another priority. */
  public JobOptions withPriority(int other) {
    return new JobOptions(tokens, other, timeout);
  }

  /** The same with another timeout. */
  public JobOptions withTimeout(Duration limit) {
    return new JobOptions(tokens, priority, Optional.of(limit));
  }
}
