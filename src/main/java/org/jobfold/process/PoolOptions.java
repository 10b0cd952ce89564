package org.jobfold.process;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.retry.RetryRule;
import org.jobfold.walk.Deadline;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.WalkRules;

/**
 * How a tree of folders is run.
 *
 * @param nbpools how many folders run at a time at most, at least 1
 * @param maxtrials how many trials a folder has, launch errors apart, where it does not say so
 *     itself, at least 1
 * @param grace how long a trial that is asked to end may take before it is forced
 * @param params override the params of all folders
 * @param deadline when the ranks will be gone; absent if that is not known
 */
public record PoolOptions(
    int nbpools,
    int maxtrials,
    Duration grace,
    SortedMap<String, String> params,
    Optional<Deadline> deadline) {
  /** One folder at a time, one trial, ten seconds of grace, no params. */
  public static final PoolOptions DEFAULT =
      new PoolOptions(1, 1, Duration.ofSeconds(10), new TreeMap<>(), Optional.empty());

  /** Copies the map; refuses numbers below 1. */
  public PoolOptions {
    if (nbpools < 1) {
      throw new IllegalArgumentException(
          "'nbpools' is " + nbpools + ": at least 1 folder must be able to run");
    }
    if (maxtrials < 1) {
      throw new IllegalArgumentException(
          "'maxtrials' is " + maxtrials + ": a folder needs at least 1");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
    }
    params = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(params));
  }

  /** The same with another number of pools. */
  public PoolOptions withNbpools(int count) {
    return new PoolOptions(count, maxtrials, grace, params, deadline);
  }

  /** The same with another number of trials. */
  public PoolOptions withMaxtrials(int count) {
    return new PoolOptions(nbpools, count, grace, params, deadline);
  }

  /** The same with another grace. */
  public PoolOptions withGrace(Duration time) {
    return new PoolOptions(nbpools, maxtrials, time, params, deadline);
  }

  /** The same with other overriding params. */
  public PoolOptions withParams(Map<String, String> overriding) {
    return new PoolOptions(nbpools, maxtrials, grace, new TreeMap<>(overriding), deadline);
  }

  /** The same with another end. */
  public PoolOptions withDeadline(Optional<Deadline> end) {
    return new PoolOptions(nbpools, maxtrials, grace, params, end);
  }

  WalkRules rules(Sharing sharing) {
    return new WalkRules(sharing, new RetryRule(maxtrials), grace, deadline);
  }
}
