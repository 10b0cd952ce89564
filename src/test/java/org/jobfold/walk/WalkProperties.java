package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;
import org.jobfold.folder.Settings;
import org.jobfold.journal.Accounts;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * What holds for every tree, every course of events and both ways of sharing. The simulation checks
 * ranks, pools and slots at each step.
 */
class WalkProperties {
  private static final Cause LATER = new Cause.ExitCode(75);
  private static final Cause NOT_WORTH_IT = new Cause.SuccessCheck("no result");
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.success(),
          Outcome.failed(LATER),
          Outcome.failed(new Cause.ExitCode(1)),
          Outcome.failed(new Cause.Signal(11)),
          Outcome.failed(NOT_WORTH_IT),
          Outcome.failed(new Cause.LaunchError("no answer")));

  @Property
  void everyFolderEndsInExactlyOneStateAndEveryRankComesBack(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 9) Integer> ranks,
      @ForAll @IntRange(min = 1, max = 6) int nbpools,
      @ForAll @IntRange(min = 1, max = 4) int maxtrials,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(nbpools, maxtrials, equalShares), tree(ranks), 4, 2, 3);
    world.finish(
        random,
        id -> random.nextInt(3) == 0 ? Outcome.failed(new Cause.ExitCode(1)) : Outcome.success());

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.settled).hasSize(ranks.size());
    assertThat(world.world.size()).isEqualTo(9);
    assertThat(world.settled.values())
        .allMatch(s -> s.succeeded() ? s.trials() <= maxtrials : s.trials() == maxtrials);
  }

  @Property
  void noBudgetIsExceededAndNoDelayCutShort(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 9) Integer> ranks,
      @ForAll @IntRange(min = 1, max = 4) int maxtrials,
      @ForAll @IntRange(min = 1, max = 4) int launch,
      @ForAll @IntRange(min = 1, max = 4) int tempfail,
      @ForAll @IntRange(min = 0, max = 60) int delay,
      @ForAll boolean equalShares,
      @ForAll long seed) {
    Random random = new Random(seed);
    Retry retry =
        new Retry(
            delay == 0
                ? Optional.empty()
                : Optional.of(new Backoff(Duration.ofSeconds(delay), 2, Duration.ofSeconds(90))),
            Map.of(Kind.EXIT, new Change(1, OptionalInt.of(9)), Kind.SIGNAL, Change.NONE),
            Retry.ANY_CODE,
            launch,
            OptionalInt.of(tempfail));
    JobTree tree =
        JobTree.of(
            tree(ranks).folders().stream()
                .map(f -> f.with(f.settings().withRetry(retry)))
                .toList());
    Simulation world = new Simulation(rules(4, maxtrials, equalShares), tree, 4, 5);
    Map<FolderName, List<Cause>> failures = new HashMap<>();
    world.finish(
        random,
        id -> {
          Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
          outcome
              .cause()
              .ifPresent(c -> failures.computeIfAbsent(id.folder(), f -> new ArrayList<>()).add(c));
          return outcome;
        });

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(9);
    assertThat(world.settled).hasSize(ranks.size());
    world.settled.forEach(
        (folder, state) -> {
          List<Cause> causes = failures.getOrDefault(folder, List.of());
          long launches = causes.stream().filter(Cause.LaunchError.class::isInstance).count();
          long later = causes.stream().filter(LATER::equals).count();
          long own = causes.size() - launches - later;
          assertThat(state.trials()).isEqualTo(causes.size() + (state.succeeded() ? 1 : 0));
          if (state.succeeded()) {
            assertThat(launches).isLessThan(launch);
            assertThat(later).isLessThan(tempfail);
            assertThat(own).isLessThan(maxtrials);
          } else {
            assertThat(launches).isLessThanOrEqualTo(launch);
            assertThat(later).isLessThanOrEqualTo(tempfail);
            assertThat(own).isLessThanOrEqualTo(maxtrials);
            assertThat(
                    launches == launch
                        || later == tempfail
                        || own == maxtrials
                        || causes.get(causes.size() - 1).equals(NOT_WORTH_IT))
                .isTrue();
          }
        });
  }

  @Property
  void whereverItIsStoppedNothingIsLostAndNothingHasTwoStates(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9) Integer> ranks,
      @ForAll @IntRange(min = 0, max = 30) int events,
      @ForAll Stop how,
      @ForAll long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(4, 2, false), tree(ranks), 9);
    world.step();
    for (int i = 0; i < events && !world.running.isEmpty(); i++) {
      List<String> names = world.runningFolders();
      world.end(
          names.get(random.nextInt(names.size())),
          random.nextBoolean() ? Outcome.success() : Outcome.failed(new Cause.Signal(11)));
    }
    world.walk.stop(how, "asked to", world.now);
    int started = world.launched.size();
    world.finish(
        random,
        id -> random.nextBoolean() ? Outcome.success() : Outcome.failed(new Cause.Signal(15)));

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.launched).hasSize(started);
    assertThat(world.walk.tally().waiting() + world.settled.size()).isEqualTo(ranks.size());
    assertThat(world.world.size()).isEqualTo(9);
  }

  /**
   * Wherever the journal ends: what is finished there stays so, all else ends, once. Those that
   * were blocked are taken up again.
   */
  @Property(tries = 200)
  void fromEveryPrefixOfAJournalTheSameFoldersAreFinished(
      @ForAll @IntRange(min = 1, max = 8) int folders, @ForAll long seed) {
    List<Entry> entries = Accounts.of(seed, folders);
    Set<FolderName> names = new HashSet<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.TrialOrdered ordered) {
        names.add(ordered.id().folder());
      }
    }
    JobTree tree =
        JobTree.of(names.stream().map(name -> JobFolder.shell(name.path(), "true")).toList());
    for (int length = 0; length <= entries.size(); length++) {
      RunState prefix = new RunState();
      entries.subList(0, length).forEach(prefix::accept);
      Set<FolderName> before = new HashSet<>(names);
      Set<FolderName> failed = new HashSet<>();
      prefix
          .failures()
          .forEach(
              (name, failure) -> {
                if (failure.blocked()) {
                  before.remove(name);
                } else {
                  failed.add(name);
                }
              });
      before.removeIf(name -> prefix.of(name) instanceof FolderState.Open);
      Simulation world = new Simulation(rules(3, 3, true), tree, new Past(prefix), 4);
      world.finish(new Random(seed), id -> Outcome.success());

      assertThat(world.launched).noneMatch(id -> before.contains(id.folder()));
      Set<FolderName> finished = new HashSet<>(before);
      finished.addAll(world.settled.keySet());
      assertThat(finished).isEqualTo(names);
      assertThat(Collections.disjoint(world.settled.keySet(), before)).isTrue();
      assertThat(world.launched).allMatch(id -> id.number() == prefix.of(id.folder()).trials() + 1);
      assertThat(world.walk.errors().keySet()).isEqualTo(failed);
    }
  }

  @Property
  void theSameEventsGiveTheSameCourse(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 9) Integer> ranks,
      @ForAll long seed) {
    assertThat(course(ranks, seed)).isEqualTo(course(ranks, seed));
  }

  private static List<Object> course(List<Integer> ranks, long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(4, 2, false), tree(ranks), 5, 4);
    world.finish(
        random,
        id -> random.nextBoolean() ? Outcome.success() : Outcome.failed(new Cause.ExitCode(1)));
    return List.of(world.launched, world.settled);
  }

  private static WalkRules rules(int nbpools, int maxtrials, boolean equalShares) {
    Sharing sharing =
        equalShares
            ? new Sharing.Equal(nbpools)
            : new Sharing.PerFolder(nbpools, f -> f.settings().ranks().orElseThrow());
    return new WalkRules(sharing, new RetryRule(maxtrials), Duration.ofSeconds(1))
        .withBadHosts(WalkRules.BadHosts.USED);
  }

  private static JobTree tree(List<Integer> ranks) {
    List<JobFolder> folders = new ArrayList<>();
    for (int i = 0; i < ranks.size(); i++) {
      Settings settings = Settings.DEFAULT.withRanks(ranks.get(i));
      folders.add(
          JobFolder.shell("/" + i, "true").with(i % 3 == 0 ? settings.withMpi() : settings));
    }
    return JobTree.of(folders);
  }
}
