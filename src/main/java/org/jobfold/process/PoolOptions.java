package org.jobfold.process;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.retry.RetryRule;
import org.jobfold.run.Ports;
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
 * @param queues how many tokens each queue has, at least 1
 * @param maxFailures after so many failed folders nothing new is started, save for those that run
 *     at the end whatever happened; absent: the others go on. At least 1
 * @param wide what becomes of folders that ask for more ranks than there are
 */
public record PoolOptions(
    int nbpools,
    int maxtrials,
    Duration grace,
    SortedMap<String, String> params,
    Optional<Deadline> deadline,
    SortedMap<String, Integer> queues,
    OptionalInt maxFailures,
    WalkRules.Wide wide) {
  /** One folder at a time, one trial, ten seconds of grace, no params, no queues. */
  public static final PoolOptions DEFAULT =
      new PoolOptions(
          1,
          1,
          Duration.ofSeconds(10),
          new TreeMap<>(),
          Optional.empty(),
          new TreeMap<>(),
          OptionalInt.empty(),
          WalkRules.Wide.REFUSED);

  /** Copies the maps; refuses numbers below 1. */
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
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
  }

  /** The same with another number of pools. */
  public PoolOptions withNbpools(int count) {
    return new PoolOptions(count, maxtrials, grace, params, deadline, queues, maxFailures, wide);
  }

  /** The same with another number of trials. */
  public PoolOptions withMaxtrials(int count) {
    return new PoolOptions(nbpools, count, grace, params, deadline, queues, maxFailures, wide);
  }

  /** The same with another grace. */
  public PoolOptions withGrace(Duration time) {
    return new PoolOptions(nbpools, maxtrials, time, params, deadline, queues, maxFailures, wide);
  }

  /** The same with other overriding params. */
  public PoolOptions withParams(Map<String, String> overriding) {
    return new PoolOptions(
        nbpools, maxtrials, grace, new TreeMap<>(overriding), deadline, queues, maxFailures, wide);
  }

  /** The same with another end. */
  public PoolOptions withDeadline(Optional<Deadline> end) {
    return new PoolOptions(nbpools, maxtrials, grace, params, end, queues, maxFailures, wide);
  }

  /** The same with other queues. */
  public PoolOptions withQueues(Map<String, Integer> tokens) {
    return new PoolOptions(
        nbpools, maxtrials, grace, params, deadline, new TreeMap<>(tokens), maxFailures, wide);
  }

  /** The same with another number of failures after which nothing new is started. */
  public PoolOptions withMaxFailures(OptionalInt failures) {
    return new PoolOptions(nbpools, maxtrials, grace, params, deadline, queues, failures, wide);
  }

  /** The same with folders left that ask for too much, or not. */
  public PoolOptions withWide(WalkRules.Wide what) {
    return new PoolOptions(nbpools, maxtrials, grace, params, deadline, queues, maxFailures, what);
  }

  WalkRules rules(Sharing sharing, Ports ports) {
    return new WalkRules(
        sharing,
        new RetryRule(maxtrials),
        grace,
        deadline,
        queues,
        maxFailures,
        ports.advice(),
        WalkRules.BadHosts.WITHHELD,
        wide);
  }
}
