package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Withholding;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.junit.jupiter.api.Test;

/** Hosts on which any folder fails are told from folders that fail on any host. */
class BadHostTest {
  private static final Outcome FAILED = Outcome.failed(new Cause.ExitCode(1));

  @Test
  void whatFailedOnABadHostRunsAgainElsewhereAndCostsNothing() {
    Simulation world = new Simulation(rules(1), tree(12), 3, 3).step();
    assertThat(world.runningFolders()).containsExactly("/00", "/01", "/02", "/03", "/04", "/05");
    world.succeed("/00").succeed("/01").succeed("/02");
    world.fail("/03", 1).fail("/04", 1);
    assertThat(world.settled).as("it may be the host").hasSize(3);
    world.succeed("/06").succeed("/07").succeed("/08").fail("/05", 1);
    assertThat(world.told).containsExactly("h1 AT_FAULT PT5M {/03=[1], /04=[1], /05=[1]}");
    world.end("/09", FAILED).end("/10", FAILED);
    assertThat(world.told).last().isEqualTo("h1 AT_FAULT PT5M {/10=[1]}");
    assertThat(world.settled).as("so do those that still ran there").hasSize(6);
    world.end("/11", FAILED);
    assertThat(world.settled.keySet()).as("on the last host that is trusted").contains(name(11));
    while (!world.running.isEmpty()) {
      String next = world.runningFolders().get(0);
      assertThat(world.hostOf(new FolderName(next))).isEqualTo("h0");
      world.succeed(next);
    }
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().succeeded()).isEqualTo(11);
    assertThat(world.walk.errors().keySet()).containsExactly(name(11));
    assertThat(world.world.size()).isEqualTo(6);
  }

  @Test
  void aHostThatEatsFoldersWhileTheOthersWorkIsSlowedDown() {
    Simulation world = new Simulation(rules(1), tree(100), 1, 1, 1, 1).step();
    Map<FolderName, Duration> since = new HashMap<>();
    int eaten = 0;
    while (!world.running.isEmpty()) {
      boolean changed = false;
      for (String folder : world.runningFolders()) {
        FolderName name = new FolderName(folder);
        since.putIfAbsent(name, world.now);
        if (world.hostOf(name).equals("h3")) {
          world.end(folder, FAILED);
          since.remove(name);
          eaten++;
          changed = true;
          break;
        }
        if (world.now.minus(since.get(name)).compareTo(Duration.ofHours(1)) >= 0) {
          world.succeed(folder);
          changed = true;
          break;
        }
      }
      if (!changed) {
        world.pass(Duration.ofMinutes(1));
      }
    }
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().succeeded()).isEqualTo(100);
    assertThat(eaten).as("with tries after pauses that grow").isBetween(3, 40);
  }

  @Test
  void aTryThatSucceedsTakesTheHostBack() {
    Simulation world = faulty();
    world.pass(HostHealth.FAULT);
    List<String> tried = on(world, "h1");
    assertThat(tried).as("one folder at a time").hasSize(1);
    world.succeed(tried.get(0));
    assertThat(world.told).last().isEqualTo("h1 is back");
    assertThat(on(world, "h1")).hasSize(3);
  }

  @Test
  void aTryThatFailsCostsNoTrialAndDoublesThePause() {
    Simulation world = faulty();
    world.pass(HostHealth.FAULT);
    String tried = on(world, "h1").get(0);
    world.end(tried, FAILED);
    assertThat(world.told).last().isEqualTo("h1 AT_FAULT PT10M {" + tried + "=[1]}");
    world.pass(HostHealth.FAULT);
    assertThat(on(world, "h1")).isEmpty();
    world.pass(HostHealth.FAULT);
    assertThat(on(world, "h1")).hasSize(1).as("another one").doesNotContain(tried);
  }

  @Test
  void whatStillRanThereDoesNotMakeThePauseLonger() {
    Simulation world = new Simulation(rules(1), tree(40), 5, 3).step();
    List<String> there = on(world, "h0");
    List<String> elsewhere = on(world, "h1");
    there.subList(0, 3).forEach(folder -> world.end(folder, FAILED));
    elsewhere.forEach(world::succeed);
    assertThat(world.told).last().asString().startsWith("h0 AT_FAULT PT5M");
    there.subList(3, 5).forEach(folder -> world.end(folder, FAILED));
    assertThat(world.told).last().asString().startsWith("h0 AT_FAULT PT5M");
  }

  @Test
  void whereFoldersFailEverywhereNoHostIsAtFault() {
    Simulation world = new Simulation(rules(2), tree(30), 2, 2, 2);
    world.finish(new Random(1), id -> FAILED);
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().failed()).isEqualTo(30);
    assertThat(world.withholdings).noneMatch(w -> w.verdict() == Withholding.Verdict.AT_FAULT);
    assertThat(world.launched).hasSize(60);
    assertThat(world.world.size()).isEqualTo(6);
  }

  @Test
  void failuresThatWereOnlyTheFoldersGiveTheHostBack() {
    Simulation world = faulty();
    Set<FolderName> pardoned = world.withholdings.get(1).pardoned().keySet();
    while (!world.told.contains("h1 is back")) {
      String next = on(world, "h0").get(0);
      world.end(next, pardoned.contains(new FolderName(next)) ? FAILED : Outcome.success());
    }
    assertThat(world.settled.keySet()).containsAll(pardoned);
    assertThat(on(world, "h1")).isNotEmpty();
  }

  @Test
  void maxFailuresCountsWhatMayBeTheHostsAndThinksBetterOfIt() {
    Simulation world =
        new Simulation(rules(1).withMaxFailures(OptionalInt.of(3)), tree(30), 3, 3).step();
    on(world, "h1").forEach(folder -> world.end(folder, FAILED));
    assertThat(world.settled).isEmpty();
    assertThat(world.running).as("nothing new is started but what was before").hasSize(5);
    on(world, "h0").forEach(world::succeed);
    assertThat(world.told).last().asString().startsWith("h1 AT_FAULT");
    assertThat(on(world, "h0")).hasSize(3);
    world.finish(
        new Random(1), id -> world.hostOf(id.folder()).equals("h1") ? FAILED : Outcome.success());
    assertThat(world.walk.tally().succeeded()).isEqualTo(30);
  }

  @Test
  void aRunThatIsStoppedSettlesWhatWasInDoubt() {
    Simulation world = new Simulation(rules(1), tree(30), 2, 2).step();
    on(world, "h1").forEach(folder -> world.end(folder, FAILED));
    world.walk.stop(Stop.DRAIN, "asked to", world.now);
    world.finish(new Random(1), id -> Outcome.success());
    assertThat(world.walk.tally().failed()).isEqualTo(2);
    assertThat(world.world.size()).isEqualTo(4);
  }

  @Property(tries = 300)
  void goodFoldersSucceedAndBadOnesSpendTheirOwnBudget(
      @ForAll @IntRange(min = 40, max = 80) int folders,
      @ForAll @Size(max = 2) Set<@IntRange(max = 39) Integer> bad,
      @ForAll @IntRange(min = 1, max = 3) int maxtrials,
      @ForAll boolean equalShares,
      @ForAll boolean badHost,
      @ForAll long seed) {
    Random random = new Random(seed);
    Sharing sharing = equalShares ? new Sharing.Equal(6) : new Sharing.AsAsked(9, 1);
    Simulation world = new Simulation(rules(sharing, maxtrials), tree(folders), 2, 3, 2);
    Map<FolderName, Integer> failures = new HashMap<>();
    world.finish(
        random,
        id -> {
          boolean fails =
              bad.stream().anyMatch(i -> name(i).equals(id.folder()))
                  || (badHost && world.hostOf(id.folder()).equals("h1"));
          failures.merge(id.folder(), fails ? 1 : 0, Integer::sum);
          return fails ? FAILED : Outcome.success();
        });

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(7);
    assertThat(world.settled).hasSize(folders);
    Map<FolderName, Integer> pardoned = new HashMap<>();
    world.withholdings.forEach(
        w -> w.pardoned().forEach((name, all) -> pardoned.merge(name, all.size(), Integer::sum)));
    boolean found =
        world.withholdings.stream().anyMatch(w -> w.verdict() == Withholding.Verdict.AT_FAULT);
    List<FolderName> badNames = new ArrayList<>(bad.stream().map(i -> name(i)).toList());
    world.settled.forEach(
        (name, state) -> {
          int own = failures.getOrDefault(name, 0) - pardoned.getOrDefault(name, 0);
          assertThat(own).isLessThanOrEqualTo(maxtrials);
          if (badNames.contains(name)) {
            assertThat(state.succeeded()).isFalse();
            assertThat(own).isEqualTo(maxtrials);
          } else if (found || !badHost) {
            assertThat(state.succeeded()).as(name + " " + world.told).isTrue();
          }
        });
    if (!badHost) {
      assertThat(found).as("two bad folders are no bad host").isFalse();
    }
  }

  @Property(tries = 300)
  void howeverFoldersFailEachEndsAndEveryRankComesBack(
      @ForAll @IntRange(min = 1, max = 60) int folders,
      @ForAll @IntRange(min = 1, max = 3) int maxtrials,
      @ForAll @IntRange(max = 4) int ofFour,
      @ForAll long seed) {
    Random random = new Random(seed);
    Simulation world = new Simulation(rules(maxtrials), tree(folders), 2, 2, 1);
    world.finish(random, id -> random.nextInt(4) < ofFour ? FAILED : Outcome.success());
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.settled).hasSize(folders);
    assertThat(world.world.size()).isEqualTo(5);
    assertThat(world.launched.size()).isLessThanOrEqualTo(folders * (maxtrials + RetryRule.LOST));
  }

  /** Host h1 is at fault, by three folders that failed on it. */
  private static Simulation faulty() {
    Simulation world = new Simulation(rules(1), tree(60), 3, 3).step();
    on(world, "h1").forEach(folder -> world.end(folder, FAILED));
    assertThat(world.told).containsExactly("h1 DOUBTED PT10S {}");
    on(world, "h0").forEach(world::succeed);
    assertThat(world.told).last().asString().startsWith("h1 AT_FAULT PT5M");
    on(world, "h1").forEach(folder -> world.end(folder, FAILED));
    assertThat(on(world, "h1")).isEmpty();
    assertThat(world.told).last().asString().startsWith("h1 AT_FAULT PT5M");
    return world;
  }

  private static List<String> on(Simulation world, String host) {
    return world.runningFolders().stream()
        .filter(folder -> world.hostOf(new FolderName(folder)).equals(host))
        .toList();
  }

  private static FolderName name(int i) {
    return new FolderName("/%02d".formatted(i));
  }

  private static WalkRules rules(int maxtrials) {
    return rules(new Sharing.AsAsked(100, 1), maxtrials);
  }

  private static WalkRules rules(Sharing sharing, int maxtrials) {
    return new WalkRules(sharing, new RetryRule(maxtrials), Duration.ofSeconds(10));
  }

  private static JobTree tree(int folders) {
    return JobTree.of(
        IntStream.range(0, folders)
            .mapToObj(
                i -> JobFolder.shell(name(i).path(), "true").with(Settings.DEFAULT.withRanks(1)))
            .toList());
  }
}
