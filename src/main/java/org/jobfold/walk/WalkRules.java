package org.jobfold.walk;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.retry.RetryRule;

/**
 * The rules of a run.
 *
 * @param sharing how the ranks are shared out
 * @param retry what happens after a failed trial
 * @param grace how long a trial that was asked to end may take before it is forced
 * @param deadline when the ranks will be gone; absent if that is not known
 * @param queues how many tokens each queue has, at least 1
 * @param maxFailures after so many failed folders nothing new is started, save for those that run
 *     at the end whatever happened; absent: the others go on. At least 1
 * @param advice whether an advisor is asked about each folder
 * @param badHosts what becomes of hosts on which any folder fails
 * @param wide what becomes of folders that ask for more than there is
 */
public record WalkRules(
    Sharing sharing,
    RetryRule retry,
    Duration grace,
    Optional<Deadline> deadline,
    Map<String, Integer> queues,
    OptionalInt maxFailures,
    Advice advice,
    BadHosts badHosts,
    Wide wide) {
  /** What becomes of folders that ask for more than there is. */
  public enum Wide {
    /** The walk does not begin. */
    REFUSED,
    /** They are left, and told, as where ranks were lost since: there was more once. */
    LEFT
  }

  /** What becomes of hosts on which any folder fails. */
  public enum BadHosts {
    /** Nothing is started on them for a while, and what failed there runs again elsewhere. */
    WITHHELD,
    /** They are used like any other. */
    USED
  }

  /** Whether an advisor is asked about each folder. */
  public enum Advice {
    /** When it is its turn, and when it has ended. */
    ASKED,
    /** Never. */
    NONE
  }

  /** Rules for ranks that are there for as long as they are wanted, with no queues. */
  public WalkRules(Sharing sharing, RetryRule retry, Duration grace) {
    this(sharing, retry, grace, Optional.empty());
  }

  /** Rules without queues, under which the others go on when a folder fails. */
  public WalkRules(Sharing sharing, RetryRule retry, Duration grace, Optional<Deadline> deadline) {
    this(
        sharing,
        retry,
        grace,
        deadline,
        Map.of(),
        OptionalInt.empty(),
        Advice.NONE,
        BadHosts.WITHHELD,
        Wide.REFUSED);
  }

  /** Copies the map; refuses a negative grace and numbers below 1. */
  public WalkRules {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
    }
    if (maxFailures.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "the run stops after " + maxFailures.getAsInt() + " failures: it must be at least 1");
    }
    queues = Map.copyOf(queues);
    queues.forEach(
        (queue, tokens) -> {
          if (tokens < 1) {
            throw new IllegalArgumentException(
                "queue '" + queue + "' has " + tokens + " tokens: it needs at least 1");
          }
        });
  }

  /** The same with queues. */
  public WalkRules withQueues(Map<String, Integer> tokens) {
    return new WalkRules(
        sharing, retry, grace, deadline, tokens, maxFailures, advice, badHosts, wide);
  }

  /** The same with a number of failures after which nothing new is started. */
  public WalkRules withMaxFailures(OptionalInt failures) {
    return new WalkRules(sharing, retry, grace, deadline, queues, failures, advice, badHosts, wide);
  }

  /** The same with or without an advisor. */
  public WalkRules withAdvice(Advice wanted) {
    return new WalkRules(
        sharing, retry, grace, deadline, queues, maxFailures, wanted, badHosts, wide);
  }

  /** The same with hosts used on which any folder fails, or not. */
  public WalkRules withBadHosts(BadHosts how) {
    return new WalkRules(sharing, retry, grace, deadline, queues, maxFailures, advice, how, wide);
  }

  /** The same with folders left that ask for too much, or not. */
  public WalkRules withWide(Wide what) {
    return new WalkRules(
        sharing, retry, grace, deadline, queues, maxFailures, advice, badHosts, what);
  }
}
