package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jobfold.print.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DagWalkTest {
  private final Dag<String, String> dag = new Dag<>();
  private final World world = new World();

  /** Sources that vertices are made of, what was made of them, and what is kept of that. */
  private static final class World implements WalkActions<String, String> {
    final Map<String, String> sources = new HashMap<>();
    final Map<String, String> made = new HashMap<>();
    final Map<String, Fingerprint> kept = new HashMap<>();
    final Set<String> broken = new HashSet<>();
    final Set<String> unpredictable = new HashSet<>();
    final List<String> ran = new ArrayList<>();
    final List<String> skipped = new ArrayList<>();
    int notReady;
    Dag<String, String> dag = new Dag<>();

    @Override
    public Optional<Fingerprint> loadFingerprint(String id) {
      return Optional.ofNullable(kept.get(id));
    }

    @Override
    public void saveFingerprint(String id, Fingerprint print) {
      kept.put(id, print);
    }

    @Override
    public Optional<Fingerprint> computeFingerprint(String id, String data, Moment moment) {
      if (unpredictable.contains(id) && moment == Moment.PREDICTED) {
        return Optional.empty();
      }
      if (broken.contains("print " + id)) {
        throw new IllegalStateException("no fingerprint");
      }
      Fingerprint.Builder print = Fingerprint.builder().add("source", sources.getOrDefault(id, ""));
      dag.predecessors(id).forEach(p -> print.add("from " + p, made.getOrDefault(p, "")));
      return Optional.of(print.build());
    }

    @Override
    public Job createJob(Turn<String, String> turn) {
      return Job.saying(
          run -> {
            synchronized (this) {
              ran.add(turn.id());
              if (broken.contains(turn.id())) {
                throw new IllegalStateException("it is broken");
              }
              if (turn.id().equals("late") && notReady-- > 0) {
                return Said.NOT_READY;
              }
              String source = sources.getOrDefault(turn.id(), "");
              made.put(turn.id(), source.replace(" ", ""));
              return Said.DONE;
            }
          });
    }

    @Override
    public EmptyJob createSkippedJob(Turn<String, String> turn, String reason, JobStatus status) {
      skipped.add(turn.id() + " " + status);
      return new EmptyJob(status, reason);
    }

    @Override
    public Optional<Duration> requestRequeue(Job job, JobResult<String> result) {
      return result.trials() < 3 ? Optional.of(Duration.ZERO) : Optional.empty();
    }
  }

  private DagWalk<String, String> walk() throws InterruptedException {
    world.dag = dag;
    world.ran.clear();
    world.skipped.clear();
    DagWalk<String, String> walk = new DagWalk<>(dag, world, s -> s.tokens(2));
    walk.run();
    return walk;
  }

  private void chain(String... ids) {
    for (int i = 0; i < ids.length; i++) {
      dag.add(ids[i], "", i == 0 ? List.of() : List.of(ids[i - 1]));
    }
  }

  @Test
  void nothingRunsBeforeItIsStartedAndItIsStartedOnce() throws InterruptedException {
    chain("a");
    world.dag = dag;
    DagWalk<String, String> walk = new DagWalk<>(dag, world);
    assertThat(world.ran).isEmpty();
    assertThat(walk.jobStatus()).isEmpty();
    walk.run();
    assertThat(world.ran).containsExactly("a");
    assertThatThrownBy(walk::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatHasNotChangedIsSkipped() throws InterruptedException {
    chain("a", "b");
    DagWalk<String, String> first = walk();
    assertThat(world.ran).containsExactly("a", "b");
    assertThat(first.previousFingerprints()).isEmpty();
    assertThat(first.newFingerprints()).isEqualTo(world.kept);
    DagWalk<String, String> second = walk();
    assertThat(world.ran).isEmpty();
    assertThat(second.jobStatus())
        .containsOnly(Map.entry("a", JobStatus.SKIPPED), Map.entry("b", JobStatus.SKIPPED));
    assertThat(second.previousFingerprints()).isEqualTo(world.kept);
  }

  @Test
  void oneThatMakesWhatItMadeBeforeDoesNotRunThoseAfterIt() throws InterruptedException {
    world.sources.put("a", "text");
    chain("a", "b");
    walk();
    world.sources.put("a", "te xt");
    walk();
    assertThat(world.ran).containsExactly("a");
    world.sources.put("a", "other");
    walk();
    assertThat(world.ran).containsExactly("a", "b");
  }

  @Test
  void oneThatCanNotBePredictedRunsAlwaysAndItsFingerprintIsKeptAfterwards()
      throws InterruptedException {
    chain("a", "b");
    world.unpredictable.add("a");
    walk();
    walk();
    assertThat(world.ran).containsExactly("a");
    assertThat(world.kept).containsKey("a");
  }

  @Test
  void thoseAfterAFailureAreBlockedAndKnowWhomToThank() throws InterruptedException {
    dag.add("a", "");
    dag.add("x", "");
    dag.add("b", "", List.of("a"));
    dag.add("c", "", List.of("b", "x"));
    dag.add("d", "", List.of("c"));
    world.broken.addAll(List.of("a", "x"));
    DagWalk<String, String> walk = walk();
    assertThat(walk.jobStatus())
        .containsEntry("a", JobStatus.FAILED)
        .containsEntry("x", JobStatus.FAILED)
        .containsEntry("b", JobStatus.BLOCKED)
        .containsEntry("d", JobStatus.BLOCKED);
    assertThat(walk.failureSource().get("b")).containsExactly("a");
    assertThat(walk.failureSource().get("c")).containsExactly("a", "x");
    assertThat(walk.failureSource().get("d")).containsExactly("a", "x");
    assertThat(world.skipped).containsExactly("b BLOCKED", "c BLOCKED", "d BLOCKED");
    assertThat(world.kept).isEmpty();
  }

  @Test
  void aFailureThatPassesCostsNothingThatIsStillGood() throws InterruptedException {
    chain("a", "b");
    walk();
    world.sources.put("a", "new");
    world.broken.add("a");
    assertThat(walk().jobStatus()).containsEntry("b", JobStatus.BLOCKED);
    world.sources.remove("a");
    world.broken.clear();
    walk();
    assertThat(world.ran).isEmpty();
  }

  @Test
  void oneThatIsNotReadyIsPutBackAsLongAsThatIsAskedFor() throws InterruptedException {
    chain("late", "z");
    world.notReady = 2;
    assertThat(walk().jobStatus()).containsEntry("z", JobStatus.SUCCEEDED);
    assertThat(world.ran).containsExactly("late", "late", "late", "z");
    world.kept.clear();
    world.notReady = 3;
    DagWalk<String, String> walk = walk();
    assertThat(walk.jobStatus())
        .containsEntry("late", JobStatus.NOT_READY)
        .containsEntry("z", JobStatus.BLOCKED);
    assertThat(world.ran).containsExactly("late", "late", "late");
    assertThat(world.kept).isEmpty();
  }

  @Test
  void anExceptionInAHookIsAFailureOfThatVertexAlone() throws InterruptedException {
    dag.add("a", "");
    dag.add("b", "");
    world.broken.add("print a");
    assertThat(walk().jobStatus())
        .containsOnly(Map.entry("a", JobStatus.FAILED), Map.entry("b", JobStatus.SUCCEEDED));
  }

  @Test
  void theResultsAreThereAfterAnInterrupt() throws InterruptedException {
    chain("a", "b", "c");
    world.dag = dag;
    CountDownLatch begun = new CountDownLatch(1);
    DagWalk<String, String> walk =
        new DagWalk<>(
            dag,
            world,
            s ->
                s.onStart(
                    id -> {
                      if (id.equals("b")) {
                        begun.countDown();
                      }
                    }));
    world.broken.add("never");
    ScheduleRun<String, String> run;
    synchronized (world) {
      // Jobs wait for this lock: none of them can end before the interrupt.
      run = walk.start();
      run.drain("enough");
    }
    run.awaitEnd();
    assertThat(walk.jobStatus().size()).isLessThan(3);
    assertThat(walk.newFingerprints().keySet()).containsAll(walk.jobStatus().keySet());
  }
}
