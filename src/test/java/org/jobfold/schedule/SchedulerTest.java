package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobfold.Jobfold;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SchedulerTest {
  private static final Duration SOON = Duration.ofMillis(100);

  private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

  private static Dag<String, String> independent(String... ids) {
    Dag<String, String> dag = new Dag<>();
    for (String id : ids) {
      dag.add(id, "");
    }
    return dag;
  }

  private static Dag<String, String> chain(String... ids) {
    Dag<String, String> dag = new Dag<>();
    for (int i = 0; i < ids.length; i++) {
      dag.add(ids[i], "", i == 0 ? List.of() : List.of(ids[i - 1]));
    }
    return dag;
  }

  private CallJob noting(String id) {
    return Job.call(run -> ran.add(id));
  }

  private JobProvider<String, String> noting() {
    return (vertex, before) -> noting(vertex.id());
  }

  private static JobStatus status(SortedMap<String, JobResult<String>> results, String id) {
    return result(results, id).status();
  }

  private static JobResult<String> result(SortedMap<String, JobResult<String>> results, String id) {
    return Optional.ofNullable(results.get(id)).orElseThrow();
  }

  @Test
  void thoseBeforeComeFirstAndTheProviderSeesWhatBecameOfThem() throws InterruptedException {
    Dag<String, String> dag = new Dag<>();
    dag.add("z", "");
    dag.add("a", "", List.of("z"));
    dag.add("b", "", List.of("z", "a"));
    List<String> seen = new ArrayList<>();
    var results =
        Scheduler.of(
                dag,
                (JobProvider<String, String>)
                    (vertex, before) -> {
                      before.forEach((id, r) -> seen.add(vertex.id() + " " + id + r.status()));
                      return noting(vertex.id());
                    })
            .tokens(4)
            .build()
            .run();
    assertThat(ran).containsExactly("z", "a", "b");
    assertThat(seen).containsExactly("a zSUCCEEDED", "b aSUCCEEDED", "b zSUCCEEDED");
    assertThat(results.values()).allMatch(r -> r.status() == JobStatus.SUCCEEDED);
  }

  @Test
  void anEmptyGraphIsDoneAtOnce() throws InterruptedException {
    assertThat(Scheduler.of(new Dag<String, String>(), noting()).build().run()).isEmpty();
  }

  @Test
  void aGraphThatIsNotInOrderIsRefusedWhenStarted() {
    Dag<String, String> dag = new Dag<>();
    dag.put("a", "", List.of("b"));
    dag.put("b", "", List.of("a"));
    Scheduler<String, String> scheduler = Scheduler.of(dag, noting()).build();
    assertThatThrownBy(scheduler::start).isInstanceOf(DagException.class);
  }

  @Test
  void theLargestPriorityIsFirstAndTheOrderIsTheSameEachTime() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      ran.clear();
      Scheduler.of(
              independent("a", "b", "c", "d", "e"),
              (JobProvider<String, String>)
                  (vertex, before) ->
                      noting(vertex.id())
                          .with(JobOptions.DEFAULT.withPriority(vertex.id().equals("d") ? 9 : 0)))
          .tokens(1)
          .build()
          .run();
      assertThat(ran).containsExactly("d", "a", "b", "c", "e");
    }
  }

  @Test
  void oneThatIsPutBackGoesBehindItsEquals() throws InterruptedException {
    var results =
        Scheduler.of(independent("a", "b", "c", "d"), noting())
            .tokens(1)
            .collector(
                (vertex, job, result) ->
                    vertex.id().equals("a") && result.trials() == 1
                        ? new Verdict.Requeue(Duration.ZERO)
                        : new Verdict.Accept())
            .build()
            .run();
    assertThat(ran).containsExactly("a", "b", "c", "d", "a");
    assertThat(result(results, "a").trials()).isEqualTo(2);
  }

  @Test
  void aRequeueWaitsForItsDelay() throws InterruptedException {
    List<Long> times = Collections.synchronizedList(new ArrayList<>());
    Scheduler.of(
            independent("a"),
            (JobProvider<String, String>)
                (vertex, before) -> Job.call(run -> times.add(System.nanoTime())))
        .collector(
            (vertex, job, result) ->
                result.trials() == 1 ? new Verdict.Requeue(SOON) : new Verdict.Accept())
        .build()
        .run();
    assertThat(times).hasSize(2);
    assertThat(times.get(1) - times.get(0)).isGreaterThanOrEqualTo(SOON.toNanos());
  }

  @Test
  void oneThatIsNeverReadyIsPutBackOnlySoOften() throws InterruptedException {
    var results =
        Scheduler.of(
                chain("a", "b"),
                (JobProvider<String, String>)
                    (vertex, before) ->
                        Job.saying(
                            run -> {
                              ran.add(vertex.id());
                              return Said.NOT_READY;
                            }))
            .requeueLimit(3)
            .collector((vertex, job, result) -> new Verdict.Requeue(Duration.ZERO))
            .build()
            .run();
    assertThat(ran).containsExactly("a", "a", "a", "a");
    assertThat(status(results, "a")).isEqualTo(JobStatus.NOT_READY);
    assertThat(status(results, "b")).isEqualTo(JobStatus.BLOCKED);
    assertThat(result(results, "b").origins()).containsExactly("a");
  }

  @Test
  void aSuccessThatIsPutBackForEverFails() throws InterruptedException {
    var results =
        Scheduler.of(independent("a"), noting())
            .requeueLimit(1)
            .collector((vertex, job, result) -> new Verdict.Requeue(Duration.ZERO))
            .build()
            .run();
    assertThat(ran).hasSize(2);
    assertThat(status(results, "a")).isEqualTo(JobStatus.FAILED);
    assertThat(result(results, "a").reason()).contains("after 1 times, which is the limit");
  }

  @Test
  void anExceptionAnywhereIsAFailureOfThatVertexAlone() throws InterruptedException {
    Dag<String, String> dag = independent("provider", "job", "collector", "error", "hook", "good");
    dag.add("null", "");
    for (String id : List.copyOf(dag.ids())) {
      dag.add("z-" + id, "", List.of(id));
    }
    Scheduler<String, String> scheduler =
        Scheduler.of(
                dag,
                (JobProvider<String, String>)
                    (vertex, before) -> {
                      if (vertex.id().equals("provider")) {
                        throw new java.io.IOException("no job");
                      }
                      return switch (vertex.id()) {
                        case "job" ->
                            Job.call(
                                run -> {
                                  throw new java.io.IOException("it broke");
                                });
                        case "error" ->
                            Job.call(
                                run -> {
                                  throw new StackOverflowError();
                                });
                        case "null" -> nothing();
                        default -> noting(vertex.id());
                      };
                    })
            .collector(
                (vertex, job, result) -> {
                  if (vertex.id().equals("collector")) {
                    throw new IllegalStateException("no verdict");
                  }
                  return new Verdict.Accept();
                })
            .onFinish(
                result -> {
                  if (result.id().equals("hook")) {
                    throw new IllegalStateException("no hook");
                  }
                })
            .tokens(2)
            .build();
    for (int round = 0; round < 2; round++) {
      var results = scheduler.run();
      for (String bad : List.of("provider", "job", "collector", "error", "hook", "null")) {
        assertThat(status(results, bad)).as(bad).isEqualTo(JobStatus.FAILED);
        assertThat(result(results, bad).cause().orElseThrow())
            .as(bad)
            .isInstanceOf(Cause.Thrown.class);
        assertThat(status(results, "z-" + bad)).as(bad).isEqualTo(JobStatus.BLOCKED);
        assertThat(result(results, "z-" + bad).origins()).containsExactly(bad);
      }
      assertThat(status(results, "z-good")).isEqualTo(JobStatus.SUCCEEDED);
      assertThat(result(results, "job").reason()).contains("it broke");
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void aJobThatCanNeverStartFailsAndTheOthersRun() throws InterruptedException {
    var results =
        Scheduler.of(
                independent("many", "nowhere", "process", "fine"),
                (JobProvider<String, String>)
                    (vertex, before) ->
                        switch (vertex.id()) {
                          case "many" -> noting("many").with(JobOptions.DEFAULT.in("q", 3));
                          case "nowhere" -> noting("nowhere");
                          case "process" ->
                              ProcessJob.of("", "true").with(JobOptions.DEFAULT.in("q", 1));
                          default -> noting("fine").with(JobOptions.DEFAULT.in("q", 2));
                        })
            .queues(Map.of("q", 2))
            .build()
            .run();
    assertThat(result(results, "many").reason()).contains("3 tokens of queue 'q', which has 2");
    assertThat(result(results, "nowhere").reason()).contains("no queue 'default', but q");
    assertThat(result(results, "process").reason()).contains("no back end for processes");
    assertThat(ran).containsExactly("fine");
  }

  @Test
  void aQueueWithoutTokensIsRefused() {
    var builder = Scheduler.of(independent("a"), noting());
    assertThatThrownBy(() -> builder.tokens(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("queue 'default' has 0 tokens: it must be at least 1");
  }

  @Test
  void aSlowCallbackHoldsUpNobodyElse() throws InterruptedException {
    CountDownLatch othersRan = new CountDownLatch(4);
    var results =
        Scheduler.of(
                independent("a", "b", "slow", "x", "y"),
                (JobProvider<String, String>)
                    (vertex, before) -> Job.call(run -> othersRan.countDown()))
            .tokens(1)
            .collector(
                (vertex, job, result) -> {
                  if (vertex.id().equals("a")) {
                    // Not before the others have run: they must not wait for this.
                    assertThat(othersRan.await(30, TimeUnit.SECONDS)).isTrue();
                  }
                  return new Verdict.Accept();
                })
            .build()
            .run();
    assertThat(results.values()).allMatch(r -> r.status() == JobStatus.SUCCEEDED);
  }

  @Test
  void aSlowProviderDoesNotHoldUpThoseBeforeIt() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    var results =
        Scheduler.of(
                independent("a", "b"),
                (JobProvider<String, String>)
                    (vertex, before) -> {
                      if (vertex.id().equals("b")) {
                        assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
                      }
                      return Job.call(run -> first.countDown());
                    })
            .build()
            .run();
    assertThat(results.values()).allMatch(r -> r.status() == JobStatus.SUCCEEDED);
  }

  @Test
  void chainsThatNeedNotRunCollapse() throws InterruptedException {
    int length = 50_000;
    for (Scheduler.AfterFailure after : Scheduler.AfterFailure.values()) {
      List<Vertex<Integer, String>> vertices = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        vertices.add(Vertex.of(i, "", i == 0 ? List.of() : List.of(i - 1)));
      }
      Dag<Integer, String> dag = new Dag<>();
      dag.addAll(vertices);
      ScheduleRun<Integer, String> run =
          Scheduler.of(
                  dag,
                  (JobProvider<Integer, String>)
                      (vertex, before) -> EmptyJob.skipped("nothing has changed"))
              .afterFailure(after)
              .build()
              .start();
      assertThat(run.awaitEnd()).hasSize(length);
      assertThat(run.tally().skipped()).isEqualTo(length);
      assertThat(run.maxActive()).isZero();
    }
  }

  @Test
  void chainsThatAreBlockedCollapse() throws InterruptedException {
    int length = 50_000;
    List<Vertex<Integer, String>> vertices = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      vertices.add(Vertex.of(i, "", i == 0 ? List.of() : List.of(i - 1)));
    }
    Dag<Integer, String> dag = new Dag<>();
    dag.addAll(vertices);
    var results =
        Scheduler.of(dag, (JobProvider<Integer, String>) (v, before) -> EmptyJob.failed("no"))
            .build()
            .run();
    assertThat(results).hasSize(length);
    assertThat(results.get(length - 1))
        .satisfies(r -> assertThat(r.status()).isEqualTo(JobStatus.BLOCKED))
        .satisfies(r -> assertThat(r.origins()).containsExactly(0));
  }

  @Test
  void sixtyFourHangingJobsAllEndAtTheirOwnDeadlines(@TempDir Path root)
      throws InterruptedException {
    int count = 64;
    Duration grace = Duration.ofMillis(500);
    CountDownLatch never = new CountDownLatch(1);
    Dag<Integer, String> dag = new Dag<>();
    for (int i = 0; i < count; i++) {
      dag.add(i, "");
    }
    Instant begin = Instant.now();
    ScheduleRun<Integer, String> run =
        Scheduler.of(
                dag,
                (JobProvider<Integer, String>)
                    (vertex, before) -> {
                      int i = vertex.id();
                      JobOptions options =
                          JobOptions.DEFAULT.withTimeout(Duration.ofMillis(300 + 10 * i));
                      return switch (i % 4) {
                        case 0 -> Job.call(r -> never.await()).with(options);
                        case 1 -> Job.call(r -> deaf(never)).with(options);
                        case 2 -> process(i, "exec sleep 600").with(options);
                        default ->
                            process(i, "trap '' TERM; while :; do sleep 1; done").with(options);
                      };
                    })
            .tokens(count)
            .grace(grace)
            .processes(Jobfold.local(root))
            .build()
            .start();
    var results = run.awaitEnd();
    assertThat(results).hasSize(count);
    results.forEach(
        (id, result) -> {
          assertThat(result.cause().orElseThrow()).isInstanceOf(Cause.Timeout.class);
          Duration limit = Duration.ofMillis(300 + 10 * id);
          // The clock of the engine starts when it orders a trial, that of the result when the job
          // begins. Starting 32 processes and reaping them takes its time on a busy machine.
          assertThat(Duration.between(begin, result.started().plus(result.elapsed())))
              .isGreaterThan(limit.minusMillis(50));
          assertThat(result.elapsed()).isLessThan(limit.plus(grace).plusSeconds(10));
          assertThat(result.thread())
              .isEqualTo(id % 4 == 1 ? JobResult.JobThread.GIVEN_UP : JobResult.JobThread.RETURNED);
        });
    assertThat(run.active()).isZero();
    assertThat(run.givenUp()).isEqualTo(count / 4);
    never.countDown();
    while (run.givenUp() > 0) {
      Thread.onSpinWait();
    }
  }

  private static void deaf(CountDownLatch end) {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException ignored) {
        // It does not listen: that is the point.
      }
    }
  }

  private static ProcessJob process(int number, String line) {
    return ProcessJob.of("", "sh", "-c", line)
        .withStreams(Optional.empty(), "out." + number, "out." + number);
  }

  @Test
  void anInterruptEndsWhatRunsAndTheResultsAreThere() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch never = new CountDownLatch(1);
    List<String> collected = Collections.synchronizedList(new ArrayList<>());
    Scheduler<String, String> scheduler =
        Scheduler.of(
                independent("a", "b", "c", "d"),
                (JobProvider<String, String>)
                    (vertex, before) ->
                        vertex.id().equals("a")
                            ? noting("a")
                            : Job.call(
                                run -> {
                                  begun.countDown();
                                  never.await();
                                }))
            .tokens(2)
            .collector(
                (vertex, job, result) -> {
                  collected.add(vertex.id() + " " + result.status());
                  return result.status() == JobStatus.INTERRUPTED
                      ? new Verdict.Requeue(Duration.ZERO)
                      : new Verdict.Accept();
                })
            .build();
    ScheduleRun<String, String> run = scheduler.start();
    begun.await();
    run.interrupt("enough");
    var results = run.awaitEnd();
    assertThat(results).containsOnlyKeys("a", "b", "c");
    assertThat(status(results, "a")).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(status(results, "b")).isEqualTo(JobStatus.INTERRUPTED);
    assertThat(result(results, "c").reason()).isEqualTo("interrupted: enough");
    assertThat(collected).contains("a SUCCEEDED", "b INTERRUPTED", "c INTERRUPTED");
    assertThat(run.isFinished()).isTrue();
    assertThat(run.active()).isZero();
    never.countDown();
    assertThat(scheduler.run()).hasSize(4);
  }

  @Test
  void aKillWaitsForNoCallback() throws InterruptedException {
    CountDownLatch collecting = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ScheduleRun<String, String> run =
        Scheduler.of(independent("a"), noting())
            .grace(SOON)
            .collector(
                (vertex, job, result) -> {
                  collecting.countDown();
                  deaf(never);
                  return new Verdict.Accept();
                })
            .build()
            .start();
    collecting.await();
    run.kill("enough");
    assertThat(run.awaitEnd()).containsOnlyKeys("a");
    never.countDown();
  }

  @Test
  void callbacksNeverRunAtTheSameTime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable callback =
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          inside.decrementAndGet();
        };
    Dag<Integer, String> dag = new Dag<>();
    for (int i = 0; i < 500; i++) {
      dag.add(i, "");
    }
    Scheduler.of(
            dag,
            (JobProvider<Integer, String>)
                (vertex, before) -> {
                  callback.run();
                  return Job.call(run -> {});
                })
        .tokens(8)
        .onStart(id -> callback.run())
        .onFinish(result -> callback.run())
        .collector(
            (vertex, job, result) -> {
              callback.run();
              return new Verdict.Accept();
            })
        .build()
        .run();
    assertThat(most).hasValue(1);
  }

  @Test
  void slotsAreSmallAndAreTheSameForProcesses(@TempDir Path root) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    var results =
        Scheduler.of(
                independent("a", "b", "p"),
                (JobProvider<String, String>)
                    (vertex, before) ->
                        vertex.id().equals("p")
                            ? ProcessJob.of("", "sh", "-c", "cat; echo $JOBFOLD_SLOT $X")
                                .withEnv(Map.of("X", "y"))
                                .withStreams(Optional.of("in"), "out", "err")
                                .with(JobOptions.DEFAULT.withPriority(-1))
                            : Job.call(run -> together.await(30, TimeUnit.SECONDS)))
            .tokens(2)
            .processes(Jobfold.local(Files.createDirectories(root.resolve("w")), 1))
            .build();
    Files.writeString(root.resolve("w/in"), "text ");
    var done = results.run();
    assertThat(List.of(result(done, "a").slot(), result(done, "b").slot()))
        .extracting(java.util.OptionalInt::getAsInt)
        .containsExactlyInAnyOrder(0, 1);
    assertThat(status(done, "p")).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(root.resolve("w/out"))
        .hasContent("text " + result(done, "p").slot().getAsInt() + " y");
  }

  @Test
  void exitCodesMeanMoreOnlyWhereThatIsAskedFor(@TempDir Path root) throws InterruptedException {
    for (ProcessJob.Codes codes : ProcessJob.Codes.values()) {
      var results =
          Scheduler.of(
                  independent("0", "1", "75", "123", "125", "126"),
                  (JobProvider<String, String>)
                      (vertex, before) ->
                          ProcessJob.of("", "sh", "-c", "exit " + vertex.id())
                              .withStreams(Optional.empty(), vertex.id(), vertex.id())
                              .with(codes))
              .processes(Jobfold.local(root))
              .build()
              .run();
      boolean plain = codes == ProcessJob.Codes.PLAIN;
      assertThat(results.values())
          .extracting(JobResult::id, JobResult::status)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("0", JobStatus.SUCCEEDED),
              org.assertj.core.groups.Tuple.tuple("1", JobStatus.FAILED),
              org.assertj.core.groups.Tuple.tuple("123", JobStatus.FAILED),
              org.assertj.core.groups.Tuple.tuple(
                  "125", plain ? JobStatus.FAILED : JobStatus.SKIPPED),
              org.assertj.core.groups.Tuple.tuple(
                  "126", plain ? JobStatus.FAILED : JobStatus.UNCHANGED),
              org.assertj.core.groups.Tuple.tuple(
                  "75", plain ? JobStatus.FAILED : JobStatus.NOT_READY));
    }
  }

  @Test
  void afterSomeFailuresNothingNewIsStarted() throws Exception {
    Dag<String, String> dag = independent("a", "b");
    dag.add("c", "", List.of("b"));
    CompletableFuture<ScheduleRun<String, String>> itself = new CompletableFuture<>();
    ScheduleRun<String, String> run =
        Scheduler.of(
                dag,
                (JobProvider<String, String>)
                    (vertex, before) ->
                        switch (vertex.id()) {
                          case "a" ->
                              Job.call(
                                  r -> {
                                    throw new IllegalStateException("no");
                                  });
                          case "b" ->
                              Job.call(
                                  r -> {
                                    while (itself.get().tally().failed() == 0) {
                                      Thread.onSpinWait();
                                    }
                                  });
                          default -> noting(vertex.id());
                        })
            .tokens(2)
            .maxFailures(1)
            .build()
            .start();
    itself.complete(run);
    assertThat(run.awaitEnd()).containsOnlyKeys("a", "b");
    assertThat(ran).isEmpty();
  }
}
