package org.jobfold.schedule;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.After;
import org.jobfold.retry.RetryRule;
import org.jobfold.run.Ports;
import org.jobfold.run.Run;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Stop;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;

/**
 * One run over the graph of a {@link Scheduler}. May be asked by any thread, at any time, also
 * after it was interrupted.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public final class ScheduleRun<K extends Comparable<K>, V> {
  private final Plan<K, V> plan;
  private final Roster<K, V> roster;
  private final Callbacks callbacks = new Callbacks();
  private final Desk<K, V> desk;
  private final Activity activity = new Activity();
  private final Run run;

  ScheduleRun(Plan<K, V> plan) {
    this.plan = plan;
    roster =
        new Roster<>(
            plan.dag(),
            plan.afterFailure() == Scheduler.AfterFailure.ASK ? After.ANY : After.SUCCESS);
    desk = new Desk<>(plan, roster, callbacks);
    WalkRules rules =
        new WalkRules(
                new Sharing.PerFolder(plan.slots(), folder -> 1), new RetryRule(1), plan.grace())
            .withQueues(plan.queues())
            .withMaxFailures(plan.maxFailures())
            .withAdvice(WalkRules.Advice.ASKED);
    JobBackend backend =
        new JobBackend(plan.slots(), roster, plan.processes(), activity, desk::close);
    run =
        Run.start(
            new Walk(rules, roster.tree()),
            Communicator.world(backend.allocation()),
            Ports.of(backend).withAdvisor(desk).withListener(desk));
  }

  /**
   * Waits until it has ended.
   *
   * @return what has become of the vertices: all of them, unless it was stopped
   */
  public SortedMap<K, JobResult<K>> awaitEnd() throws InterruptedException {
    run.awaitEnd();
    if (!callbacks.await(plan.grace())) {
      callbacks.interrupt();
    }
    return results();
  }

  /**
   * Ends what runs, and starts nothing new. What does not end within the grace is ended by force,
   * or given up.
   */
  public void interrupt(String reason) {
    desk.stop();
    run.stop(Stop.TERMINATE, reason);
  }

  /** Ends what runs by force, at once, and waits for no callback. */
  public void kill(String reason) {
    run.stop(Stop.KILL, reason);
    desk.giveUp();
  }

  /** Starts nothing new, and lets what runs come to its end. */
  public void drain(String reason) {
    desk.stop();
    run.stop(Stop.DRAIN, reason);
  }

  /** What has become of the vertices that are done, by their ids. */
  public SortedMap<K, JobResult<K>> results() {
    SortedMap<K, JobResult<K>> results = new TreeMap<>();
    for (Entry<K, V> entry : roster.entries()) {
      entry.result().ifPresent(result -> results.put(result.id(), result));
    }
    return Collections.unmodifiableSortedMap(results);
  }

  /** What has become of a vertex, if it is done. */
  public Optional<JobResult<K>> result(K id) {
    return roster.find(id).flatMap(Entry::result);
  }

  /** How many jobs run. */
  public int active() {
    return activity.active();
  }

  /** How many jobs ran at a time at most. */
  public int maxActive() {
    return activity.most();
  }

  /** How many threads do not end, though nobody waits for their jobs any more. */
  public int givenUp() {
    return activity.givenUp();
  }

  /** How many vertices are not done, and do not run. */
  public int queued() {
    return tally().waiting();
  }

  /** How many vertices are in which state. */
  public Tally tally() {
    return run.tally();
  }

  /** Whether it has ended: nothing that can be ended still runs. */
  public boolean isFinished() {
    return run.ended();
  }
}
