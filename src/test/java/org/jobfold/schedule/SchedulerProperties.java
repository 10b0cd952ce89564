package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SchedulerProperties {
  private static final Map<String, Integer> QUEUES = Map.of("p", 3, "q", 2);

  /** What is held by whom now, by those that run. */
  private static final class Ledger {
    private final Map<String, Integer> held = new HashMap<>();
    private final Set<Integer> slots = new HashSet<>();
    private final Set<Integer> done = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();

    synchronized void begin(Vertex<Integer, String> vertex, JobOptions options, int slot) {
      options
          .tokens()
          .forEach(
              (queue, count) -> {
                if (held.merge(queue, count, Integer::sum) > QUEUES.getOrDefault(queue, 0)) {
                  wrong.add("too many tokens of " + queue);
                }
              });
      if (!slots.add(slot)) {
        wrong.add("slot " + slot + " is shared");
      }
      if (!done.containsAll(vertex.predecessors())) {
        wrong.add(vertex.id() + " began before those before it had ended");
      }
    }

    synchronized void end(Vertex<Integer, String> vertex, JobOptions options, int slot) {
      options.tokens().forEach((queue, count) -> held.merge(queue, -count, Integer::sum));
      slots.remove(slot);
      done.add(vertex.id());
    }
  }

  @Property(tries = 100)
  void tokensAreNeverExceededAndThoseBeforeEndFirst(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size)
      throws InterruptedException {
    Random random = new Random(seed);
    Dag<Integer, String> dag = new Dag<>();
    Set<Integer> bad = new HashSet<>();
    Map<Integer, JobOptions> options = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Set<Integer> before = new HashSet<>();
      for (int p = random.nextInt(3); p > 0 && i > 0; p--) {
        before.add(random.nextInt(i));
      }
      dag.add(i, "", before);
      if (random.nextInt(10) == 0) {
        bad.add(i);
      }
      SortedMap<String, Integer> tokens = new TreeMap<>();
      QUEUES.forEach(
          (queue, most) -> {
            if (random.nextBoolean()) {
              tokens.put(queue, 1 + random.nextInt(most));
            }
          });
      options.put(i, JobOptions.DEFAULT.withTokens(tokens).withPriority(random.nextInt(3)));
    }
    Ledger ledger = new Ledger();
    SortedMap<Integer, JobResult<Integer>> results =
        Scheduler.of(
                dag,
                (JobProvider<Integer, String>)
                    (vertex, before) -> {
                      JobOptions held = options.getOrDefault(vertex.id(), JobOptions.DEFAULT);
                      return Job.call(
                              run -> {
                                ledger.begin(vertex, held, run.slot());
                                Thread.onSpinWait();
                                ledger.end(vertex, held, run.slot());
                                if (bad.contains(vertex.id())) {
                                  throw new IllegalStateException("bad");
                                }
                              })
                          .with(held);
                    })
            .queues(QUEUES)
            .build()
            .run();
    assertThat(ledger.wrong).isEmpty();
    assertThat(results).hasSize(size);
    for (Vertex<Integer, String> vertex : dag) {
      JobResult<Integer> result = Objects.requireNonNull(results.get(vertex.id()));
      boolean blocked =
          vertex.predecessors().stream()
              .anyMatch(p -> !Objects.requireNonNull(results.get(p)).status().isGood());
      assertThat(result.status())
          .isEqualTo(
              blocked
                  ? JobStatus.BLOCKED
                  : bad.contains(vertex.id()) ? JobStatus.FAILED : JobStatus.SUCCEEDED);
      assertThat(bad).containsAll(result.origins());
      assertThat(result.origins().isEmpty()).isEqualTo(!blocked);
    }
  }
}
