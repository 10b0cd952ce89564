package org.jobfold.schedule;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jobfold.print.Fingerprint;
import org.jobfold.spi.Verdict;

/**
 * Runs of a graph what has changed since it last succeeded, and what comes after that: a {@link
 * Scheduler} with fingerprints. The behaviour follows that of e3-core's walk.
 *
 * <p>The fingerprint of a vertex is predicted before its job, and computed again after it; those
 * after it see the latter. So where a job makes what it made before, those after it need not run. A
 * saved fingerprint stays until a new success replaces it: one that failed upstream for a while
 * costs nothing that is still good.
 *
 * <p>It can be started once. What is known can be asked at any time, also after it was interrupted.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public final class DagWalk<K extends Comparable<K>, V> {
  private final WalkActions<K, V> actions;
  private final Scheduler<K, V> scheduler;
  private final Map<K, Optional<Fingerprint>> previous = new ConcurrentHashMap<>();
  private final Map<K, Optional<Fingerprint>> current = new ConcurrentHashMap<>();
  private Optional<ScheduleRun<K, V>> run = Optional.empty();

  /** A walk over a graph, with a token for each processor. Nothing is started. */
  public DagWalk(Dag<K, V> dag, WalkActions<K, V> actions) {
    this(dag, actions, scheduler -> scheduler);
  }

  /**
   * A walk over a graph. Nothing is started.
   *
   * @param settings sets queues, timeout and so on. Provider, collector and what is done after a
   *     failure are those of the walk, whatever is set
   */
  public DagWalk(
      Dag<K, V> dag, WalkActions<K, V> actions, UnaryOperator<Scheduler.Builder<K, V>> settings) {
    this.actions = actions;
    this.scheduler =
        settings
            .apply(Scheduler.of(dag, this::job))
            .collector(this::collect)
            .afterFailure(Scheduler.AfterFailure.ASK)
            .build();
  }

  /**
   * Starts it, and does not wait.
   *
   * @throws DagException if the graph is not in order; nothing is started then
   * @throws IllegalStateException if it was started before
   */
  public synchronized ScheduleRun<K, V> start() {
    if (run.isPresent()) {
      throw new IllegalStateException("the walk was started before: make another");
    }
    ScheduleRun<K, V> started = scheduler.start();
    run = Optional.of(started);
    return started;
  }

  /**
   * Runs all that is to be run, and waits for it. If the thread is interrupted, so is the walk.
   *
   * @return what has become of each vertex
   * @throws DagException if the graph is not in order; nothing is started then
   */
  public SortedMap<K, JobResult<K>> run() throws InterruptedException {
    return Scheduler.awaitEnd(start());
  }

  private synchronized Optional<ScheduleRun<K, V>> current() {
    return run;
  }

  /** What has become of the vertices that are done. */
  public SortedMap<K, JobStatus> jobStatus() {
    SortedMap<K, JobStatus> all = new TreeMap<>();
    current().ifPresent(r -> r.results().forEach((id, result) -> all.put(id, result.status())));
    return all;
  }

  /** Of those that are blocked, whom they have to thank. */
  public SortedMap<K, SortedSet<K>> failureSource() {
    SortedMap<K, SortedSet<K>> all = new TreeMap<>();
    current()
        .ifPresent(
            r ->
                r.results()
                    .forEach(
                        (id, result) -> {
                          if (result.status() == JobStatus.BLOCKED) {
                            all.put(id, result.origins());
                          }
                        }));
    return all;
  }

  /** The fingerprints of the last success, of those whose turn it was, where there is one. */
  public SortedMap<K, Fingerprint> previousFingerprints() {
    return present(previous);
  }

  /** The fingerprints now, of those whose turn it was: predicted, or final after a success. */
  public SortedMap<K, Fingerprint> newFingerprints() {
    return present(current);
  }

  private static <K extends Comparable<K>> SortedMap<K, Fingerprint> present(
      Map<K, Optional<Fingerprint>> some) {
    SortedMap<K, Fingerprint> all = new TreeMap<>();
    some.forEach((id, print) -> print.ifPresent(p -> all.put(id, p)));
    return all;
  }

  private Job job(Vertex<K, V> vertex, SortedMap<K, JobResult<K>> before) {
    K id = vertex.id();
    Optional<Fingerprint> last = actions.loadFingerprint(id);
    previous.put(id, last);
    Optional<Fingerprint> predicted =
        actions.computeFingerprint(id, vertex.data(), WalkActions.Moment.PREDICTED);
    current.put(id, predicted);
    SortedMap<K, Optional<Fingerprint>> prints = new TreeMap<>();
    before.keySet().forEach(p -> prints.put(p, current.getOrDefault(p, Optional.empty())));
    WalkActions.Turn<K, V> turn =
        new WalkActions.Turn<>(id, vertex.data(), last, predicted, prints);
    String bad =
        before.values().stream()
            .filter(r -> !r.status().isGood())
            .map(r -> "'" + r.id() + "'")
            .collect(Collectors.joining(", "));
    if (!bad.isEmpty()) {
      return actions.createSkippedJob(turn, "did not end well: " + bad, JobStatus.BLOCKED);
    }
    return actions.shouldExecute(turn)
        ? actions.createJob(turn)
        : actions.createSkippedJob(turn, "nothing has changed", JobStatus.SKIPPED);
  }

  private Verdict collect(Vertex<K, V> vertex, Job job, JobResult<K> result) {
    K id = vertex.id();
    if (result.status() == JobStatus.NOT_READY) {
      return actions
          .requestRequeue(job, result)
          .<Verdict>map(Verdict.Requeue::new)
          .orElseGet(Verdict.Accept::new);
    }
    if (result.status().isGood()) {
      Optional<Fingerprint> print =
          actions.computeFingerprint(id, vertex.data(), WalkActions.Moment.FINAL);
      current.put(id, print);
      if (print.isPresent() && !print.equals(previous.get(id))) {
        actions.saveFingerprint(id, print.get());
      }
    }
    return new Verdict.Accept();
  }
}
