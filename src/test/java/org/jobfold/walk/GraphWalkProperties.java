package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jobfold.folder.After;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Settings;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;

/**
 * What holds for folders that wait for others, for tokens and for the end, in every order of
 * events. The simulation checks at each start that it was the folder's turn.
 */
class GraphWalkProperties {
  private static final Map<String, Integer> QUEUES = Map.of("q", 3, "r", 2);

  @Property
  void everyFolderEndsOnceAndTheOriginsAreThoseUpstreamThatDidNotSucceed(
      @ForAll @IntRange(min = 1, max = 40) int folders,
      @ForAll @IntRange(min = 1, max = 6) int nbpools,
      @ForAll @IntRange(min = 0, max = 4) int maxFailures,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    Random random = new Random(seed);
    JobTree tree = tree(random, folders);
    OptionalInt most = maxFailures == 0 ? OptionalInt.empty() : OptionalInt.of(maxFailures);
    Simulation world =
        new Simulation(rules(nbpools, equalShares).withMaxFailures(most), tree, 4, 2, 3);
    world.finish(random, outcomes(random, world));

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(9);
    long untagged = tree.folders().stream().filter(f -> !f.tagged()).count();
    assertThat(world.settled.size() + world.walk.tally().waiting()).isEqualTo((int) untagged);
    if (most.isEmpty()) {
      assertThat(world.walk.tally().waiting()).isZero();
    }
    Naive naive = new Naive(tree, world.settled);
    world.settled.forEach(
        (name, state) ->
            assertThat(
                    state
                        .failure()
                        .filter(f -> f.blocked())
                        .map(f -> ((Cause.Upstream) f.cause()).origins())
                        .orElse(Collections.emptySortedSet()))
                .as("origins of %s", name)
                .isEqualTo(naive.origins(name)));
  }

  @Property
  void theSameEventsGiveTheSameCourse(
      @ForAll @IntRange(min = 1, max = 30) int folders,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    assertThat(course(folders, equalShares, seed)).isEqualTo(course(folders, equalShares, seed));
  }

  private static List<Object> course(int folders, boolean equalShares, long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(4, equalShares), tree(random, folders), 5, 4);
    world.finish(random, outcomes(random, world));
    return List.of(world.launched, List.copyOf(world.settled.entrySet()));
  }

  @Property
  void whatComesAndChangesWhileItRunsEndsTooAndInItsOrder(
      @ForAll @IntRange(min = 1, max = 20) int before,
      @ForAll @IntRange(min = 0, max = 20) int more,
      @ForAll @IntRange(min = 0, max = 30) int events,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(3, equalShares), mainTree(random, before), 4, 5);
    some(world, random, events);
    JobTree newer = mainTree(random, before + more);
    world.update(newer);
    world.finish(random, outcomes(random, world));

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().waiting()).isZero();
    assertThat(world.world.size()).isEqualTo(9);
    for (JobFolder folder : newer.folders()) {
      assertThat(folder.tagged() || world.settled.containsKey(folder.name()))
          .as(folder.name().path())
          .isTrue();
    }
  }

  @Property
  void aSessionThatIsLostCostsNoFolderItsOnlyEnd(
      @ForAll @IntRange(min = 1, max = 30) int folders,
      @ForAll @IntRange(min = 0, max = 30) int events,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    Random random = new Random(seed);
    JobTree tree = tree(random, folders);
    Simulation world = new Simulation(rules(3, equalShares), tree, 4, 5);
    some(world, random, events);
    world.loseSession();
    world.finish(random, outcomes(random, world));
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().waiting()).isZero();
    assertThat(world.world.size()).isEqualTo(9);
  }

  @Property
  void aWalkThatWasStoppedGoesOnWithOtherRanks(
      @ForAll @IntRange(min = 1, max = 30) int folders,
      @ForAll @IntRange(min = 0, max = 30) int events,
      @ForAll Stop how,
      @ForAll long seed) {
    Random random = new Random(seed);
    JobTree tree = tree(random, folders);
    Simulation world = new Simulation(rules(3, false), tree, 4, 5);
    some(world, random, events);
    world.walk.stop(how, "asked to", world.now);
    world.finish(random, outcomes(random, world));
    assertThat(world.walk.finished()).isTrue();
    int started = world.launched.size();
    assertThat(world.walk.next(world.now)).isEmpty();
    assertThat(world.launched).hasSize(started);

    world.walk.begin(world.world);
    world.finish(random, outcomes(random, world));
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(9);
    Set<FolderName> interrupted = new TreeSet<>();
    world.settled.forEach(
        (name, state) -> {
          if (state.failure().filter(f -> f.interrupted()).isPresent()) {
            interrupted.add(name);
          }
        });
    if (interrupted.isEmpty()) {
      assertThat(world.walk.tally().waiting()).isZero();
    }
  }

  @Property(tries = 100)
  void ofEqualPriorityTheFirstByNameStartsFirst(
      @ForAll @IntRange(min = 1, max = 60) int folders,
      @ForAll @IntRange(min = 1, max = 6) int nbpools,
      @ForAll boolean tokens,
      @ForAll long seed) {
    Random random = new Random(seed);
    TreeMap<String, JobFolder> inOrder = new TreeMap<>();
    List<JobFolder> all = new ArrayList<>();
    for (int i = 0; i < folders; i++) {
      int priority = random.nextInt(3);
      Settings settings =
          Settings.DEFAULT
              .edit()
              .priority(priority)
              .tokens(tokens ? Map.of("q", 2) : Map.of())
              .build();
      JobFolder folder = JobFolder.shell(name(i), "true").with(settings);
      all.add(folder);
      inOrder.put(2 - priority + name(i), folder);
    }
    Simulation world = new Simulation(rules(nbpools, true), JobTree.of(all), 4, 5);
    world.finish(random, id -> Outcome.success());
    assertThat(world.launched.stream().map(TrialId::folder))
        .containsExactlyElementsOf(inOrder.values().stream().map(JobFolder::name).toList());
  }

  @Property(tries = 20)
  void aWideFolderDoesNotStarve(
      @ForAll @IntRange(min = 2, max = 9) int wide,
      @ForAll @IntRange(min = 0, max = 2) int tokens,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<JobFolder> all = new ArrayList<>();
    all.add(
        JobFolder.shell("/0000", "true")
            .with(
                Settings.DEFAULT
                    .edit()
                    .ranks(wide)
                    .tokens(tokens == 0 ? Map.of() : Map.of("r", tokens))
                    .build()));
    for (int i = 1; i < 1500; i++) {
      all.add(
          JobFolder.shell("/%04d".formatted(i), "true")
              .with(
                  Settings.DEFAULT
                      .edit()
                      .ranks(1 + random.nextInt(3))
                      .tokens(tokens > 0 && random.nextBoolean() ? Map.of("r", 1) : Map.of())
                      .build()));
    }
    // Folders that are there already hold what the wide one wants.
    Simulation world = new Simulation(rules(9, false), JobTree.of(all.subList(1, 20)), 9).step();
    world.update(JobTree.of(all));
    int before = world.launched.size();
    world.finish(
        random,
        id -> {
          world.now = world.now.plusMillis(random.nextInt(5000));
          return Outcome.success();
        });
    int turn = world.launched.indexOf(new TrialId(new FolderName("/0000"), 1, 0));
    assertThat(turn - before).isLessThanOrEqualTo(Admission.ALL_OVERTAKINGS + 9);
  }

  /** Lets some things happen. */
  private static void some(Simulation world, Random random, int events) {
    world.step();
    for (int i = 0; i < events && !world.running.isEmpty(); i++) {
      List<TrialId> ids = List.copyOf(world.running.keySet());
      TrialId id = ids.get(random.nextInt(ids.size()));
      world.end(id.folder().path(), outcomes(random, world).apply(id));
    }
  }

  /** Some time passes, and then it is one of these. */
  private static Function<TrialId, Outcome> outcomes(Random random, Simulation world) {
    return id -> {
      world.now = world.now.plusMillis(random.nextInt(4000));
      return random.nextInt(4) == 0
          ? Outcome.failed(new Cause.ExitCode(1 + random.nextInt(3)))
          : Outcome.success();
    };
  }

  private static WalkRules rules(int nbpools, boolean equalShares) {
    Sharing sharing =
        equalShares
            ? new Sharing.Equal(nbpools)
            : new Sharing.PerFolder(nbpools, f -> f.settings().ranks().orElse(1));
    return new WalkRules(sharing, new RetryRule(2), Duration.ofSeconds(1)).withQueues(QUEUES);
  }

  private static String name(int number) {
    return "/f%02d".formatted(number);
  }

  private static JobTree mainTree(Random random, int folders) {
    return JobTree.of(
        tree(random, folders).folders().stream()
            .map(f -> f.in(Phase.MAIN).dependingOn(f.depends().toArray(Dependency[]::new)))
            .toList());
  }

  /** Folders that wait for some of those before them in an order that is not that of the names. */
  private static JobTree tree(Random random, int folders) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < folders; i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<JobFolder> done = new ArrayList<>();
    for (int number : order) {
      Phase phase = random.nextInt(8) == 0 ? Phase.FINALLY : Phase.MAIN;
      Map<String, Dependency> depends = new TreeMap<>();
      for (int i = random.nextInt(4); i > 0 && !done.isEmpty(); i--) {
        JobFolder before = done.get(random.nextInt(done.size()));
        String name = before.name().path();
        if (phase == Phase.FINALLY || before.phase() == Phase.MAIN) {
          depends.put(
              name, random.nextInt(4) == 0 ? Dependency.afterAny(name) : Dependency.on(name));
        }
      }
      JobFolder plain = JobFolder.shell(name(number), "true");
      done.add(
          new JobFolder(
              plain.name(),
              plain.functional(),
              settings(random),
              random.nextInt(10) == 0,
              List.copyOf(depends.values()),
              phase));
    }
    return JobTree.of(done);
  }

  private static Settings settings(Random random) {
    Map<String, Integer> tokens = new HashMap<>();
    if (random.nextInt(3) == 0) {
      tokens.put("q", 1 + random.nextInt(3));
    }
    if (random.nextInt(4) == 0) {
      tokens.put("r", 1 + random.nextInt(2));
    }
    Settings settings =
        Settings.DEFAULT
            .edit()
            .ranks(1 + random.nextInt(9))
            .tokens(tokens)
            .priority(random.nextInt(4) == 0 ? random.nextInt(11) - 5 : 0)
            .build();
    return random.nextInt(3) == 0
        ? settings.withTimeout(Duration.ofSeconds(1 + random.nextInt(10)))
        : settings;
  }

  /** Who is to blame, the simple way. What has no end, when the last phase began, is so itself. */
  private record Naive(JobTree tree, Map<FolderName, FinalState> settled) {
    SortedSet<FolderName> origins(FolderName folder) {
      SortedSet<FolderName> all = new TreeSet<>();
      for (Dependency dependency : tree.find(folder).orElseThrow().depends()) {
        FolderName name = new FolderName(dependency.pattern());
        if (dependency.after() == After.SUCCESS) {
          Optional<FinalState> end = Optional.ofNullable(settled.get(name));
          if (end.isEmpty()) {
            all.add(name);
          } else if (!end.get().succeeded()) {
            SortedSet<FolderName> above = origins(name);
            boolean blocked = end.get().failure().orElseThrow().blocked();
            all.addAll(blocked ? above : new TreeSet<>(Set.of(name)));
          }
        }
      }
      return all;
    }
  }
}
