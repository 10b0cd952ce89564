package org.jobfold.schedule;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jobfold.spi.Backend;

/**
 * Runs a job for each vertex of a graph, those before it first. It says what is to be run; the
 * engine that runs trees of job folders runs it. The behaviour follows that of e3-core's scheduler.
 *
 * <p>A {@link JobProvider} says what the job of a vertex is when it can be run, a {@link Collector}
 * is told what came of it. Both, and the hooks, are called on one thread, never at the same time,
 * and what else can start does not wait for them. An exception in any of them, or in a job, is a
 * failure of that vertex and of nothing else.
 *
 * <p>Of what can start, the largest priority comes first, then the smallest id; one that was put
 * back comes behind its equals. One that waits for tokens holds up those behind it that want the
 * same, unless they do not delay it.
 *
 * <p>It can be run any number of times, each time anew, whatever came of it before.
 *
 * @param <K> the ids
 * @param <V> the data
 */
public final class Scheduler<K extends Comparable<K>, V> {
  /** What becomes of a vertex when one before it did not end well. */
  public enum AfterFailure {
    /** It is blocked, and the provider is not asked. */
    BLOCK,
    /** The provider is asked as if it had: it sees what became of those before. */
    ASK
  }

  private final Plan<K, V> plan;

  private Scheduler(Plan<K, V> plan) {
    this.plan = plan;
  }

  /** Begins a scheduler. A graph that is not in order is refused when it is started. */
  public static <K extends Comparable<K>, V> Builder<K, V> of(
      Dag<K, V> dag, JobProvider<K, V> provider) {
    return new Builder<>(dag, provider);
  }

  /**
   * Starts a run, and does not wait for it.
   *
   * @throws DagException if the graph is not in order; nothing is started then
   */
  public ScheduleRun<K, V> start() {
    return new ScheduleRun<>(plan);
  }

  /**
   * Runs all there is to run, and waits for it. If the thread is interrupted, so is the run.
   *
   * @return what has become of each vertex
   * @throws DagException if the graph is not in order; nothing is started then
   */
  public SortedMap<K, JobResult<K>> run() throws InterruptedException {
    return awaitEnd(start());
  }

  static <K extends Comparable<K>, V> SortedMap<K, JobResult<K>> awaitEnd(ScheduleRun<K, V> run)
      throws InterruptedException {
    try {
      return run.awaitEnd();
    } catch (InterruptedException interrupted) {
      run.interrupt("the thread that waits was interrupted");
      throw interrupted;
    }
  }

  /**
   * A scheduler that is still being put together.
   *
   * @param <K> the ids
   * @param <V> the data
   */
  public static final class Builder<K extends Comparable<K>, V> {
    private static final int MOST_SLOTS = 1 << 16;

    private final Dag<K, V> dag;
    private final JobProvider<K, V> provider;
    private Collector<K, V> collector = Collector.accepting();
    private SortedMap<String, Integer> queues =
        new TreeMap<>(Map.of(JobOptions.DEFAULT_QUEUE, Runtime.getRuntime().availableProcessors()));
    private OptionalInt slots = OptionalInt.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Duration grace = Duration.ofSeconds(10);
    private int requeueLimit = 10;
    private OptionalInt maxFailures = OptionalInt.empty();
    private AfterFailure afterFailure = AfterFailure.BLOCK;
    private Optional<Backend> processes = Optional.empty();
    private Optional<Consumer<K>> onStart = Optional.empty();
    private Consumer<JobResult<K>> onFinish = result -> {};

    private Builder(Dag<K, V> dag, JobProvider<K, V> provider) {
      this.dag = dag;
      this.provider = provider;
    }

    /** Who judges what came of the jobs. Default: all are accepted as they are. */
    public Builder<K, V> collector(Collector<K, V> judge) {
      collector = judge;
      return this;
    }

    /**
     * The default queue alone, with so many tokens: so many jobs at a time. Default: a token for
     * each processor.
     */
    public Builder<K, V> tokens(int count) {
      return queues(Map.of(JobOptions.DEFAULT_QUEUE, count));
    }

    /** Queues with their tokens. There are no others: a default queue only if it is among them. */
    public Builder<K, V> queues(Map<String, Integer> capacities) {
      queues = new TreeMap<>(capacities);
      return this;
    }

    /** How many jobs run at a time at most. Default: as many as there are tokens in all queues. */
    public Builder<K, V> slots(int count) {
      slots = OptionalInt.of(count);
      return this;
    }

    /** How long one trial may take, where its job does not say so. Default: for ever. */
    public Builder<K, V> timeout(Duration limit) {
      timeout = Optional.of(limit);
      return this;
    }

    /**
     * How long a job that was asked to end may take before it is ended by force, or given up.
     * Default: ten seconds.
     */
    public Builder<K, V> grace(Duration time) {
      grace = time;
      return this;
    }

    /** How often a job can be put back. After that it has failed. Default: 10. */
    public Builder<K, V> requeueLimit(int times) {
      requeueLimit = times;
      return this;
    }

    /** After so many failures nothing new is started. Default: the others go on. */
    public Builder<K, V> maxFailures(int count) {
      maxFailures = OptionalInt.of(count);
      return this;
    }

    /** What becomes of those after one that failed. Default: they are blocked. */
    public Builder<K, V> afterFailure(AfterFailure what) {
      afterFailure = what;
      return this;
    }

    /** What starts the programs of process jobs, such as {@code Jobfold.local(root)}. */
    public Builder<K, V> processes(Backend backend) {
      processes = Optional.of(backend);
      return this;
    }

    /** Is told of each trial that is started. */
    public Builder<K, V> onStart(Consumer<K> hook) {
      onStart = Optional.of(hook);
      return this;
    }

    /** Is told what has become of each vertex, once. */
    public Builder<K, V> onFinish(Consumer<JobResult<K>> hook) {
      onFinish = hook;
      return this;
    }

    /**
     * The scheduler.
     *
     * @throws IllegalArgumentException if a number or a time is out of range
     */
    public Scheduler<K, V> build() {
      if (queues.isEmpty() && slots.isEmpty()) {
        throw new IllegalArgumentException("there are no queues: say how many slots there are");
      }
      long sum = 0;
      for (Map.Entry<String, Integer> queue : queues.entrySet()) {
        refuseLess("queue '" + queue.getKey() + "' has %d tokens", queue.getValue(), 1);
        sum += queue.getValue();
      }
      int count = slots.orElse((int) Math.min(sum, MOST_SLOTS));
      refuseLess("there are %d slots", count, 1);
      refuseLess("the limit of requeues is %d", requeueLimit, 0);
      refuseLess("the run ends after %d failures", maxFailures.orElse(1), 1);
      if (grace.isNegative()) {
        throw new IllegalArgumentException("the grace is " + grace + ": it can not be negative");
      }
      if (timeout.filter(t -> t.isZero() || t.isNegative()).isPresent()) {
        throw new IllegalArgumentException(
            "the timeout is " + timeout.get() + ": it must be more than zero");
      }
      return new Scheduler<>(
          new Plan<>(
              dag,
              provider,
              collector,
              Collections.unmodifiableSortedMap(queues),
              count,
              timeout,
              grace,
              requeueLimit,
              maxFailures,
              afterFailure,
              processes,
              onStart,
              onFinish));
    }

    private static void refuseLess(String what, int value, int least) {
      if (value < least) {
        throw new IllegalArgumentException(
            what.formatted(value) + ": it must be at least " + least);
      }
    }
  }
}
