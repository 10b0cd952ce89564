package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jobfold.comm.Host;
import org.jobfold.folder.Change;
import org.jobfold.folder.Dependency;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Settings;
import org.jobfold.retry.RetryRule;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.junit.jupiter.api.Test;

/** What becomes of folders whose host is lost, and of those that ask for more than is left. */
class LostRanksTest {
  private static final Sharing AS_ASKED = new Sharing.AsAsked(8, 1);

  @Test
  void whatRanOnALostHostRunsAgainOnWhatIsLeft() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(2, 2, 2), 2, 2).step();
    assertThat(world.runningFolders()).containsExactly("/0", "/1");
    world.lose("h1", 2, 3);
    assertThat(world.told).containsExactly("h1 [2, 3] again 1 left 2");
    assertThat(world.runningFolders()).containsExactly("/0");
    world.succeed("/0");
    assertThat(world.runningFolders()).as("at its old place").containsExactly("/1");
    world.succeed("/1").succeed("/2");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().succeeded()).isEqualTo(3);
    assertThat(world.world.size()).isEqualTo(2);
  }

  @Test
  void nothingStartsOnRanksOfALostTrialBeforeItIsKnownWhichAreLost() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(2, 2), 2, 2).step();
    world.end("/1", Outcome.failed(new Cause.NodeLost("no answer")));
    assertThat(world.runningFolders()).containsExactly("/0");
    world.succeed("/0");
    assertThat(world.running.values())
        .allMatch(order -> order.placement().hosts().get(0).name().equals("h0"));
    Simulation silent = new Simulation(rules(AS_ASKED), tree(2), 2).step();
    silent.end("/0", Outcome.failed(new Cause.NodeLost("no answer")));
    assertThat(silent.running).isEmpty();
    assertThat(silent.walk.wakeAt()).contains(Limbo.PATIENCE);
    silent.pass(Limbo.PATIENCE).succeed("/0");
    assertThat(silent.walk.finished()).isTrue();
  }

  @Test
  void aLostTrialCostsNoneButFiveInARowAreTooMany() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(1), 1, 1, 1, 1, 1, 1).step();
    for (int i = 0; i < 4; i++) {
      world.lose("h" + i, i);
      assertThat(world.runningFolders()).containsExactly("/0");
    }
    world.lose("h4", 4);
    assertThat(world.failure("/0").cause())
        .isEqualTo(
            new Cause.NodeLost(
                "no answer; that makes 5 in a row: the folder may be what ends the hosts"));
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void whoAsksForMoreThanIsLeftIsLeftOutAndSaysSoOnce() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(4, 4, 1, 3), 2, 2).step();
    assertThat(world.runningFolders()).containsExactly("/0");
    world.lose("h1", 2, 3);
    assertThat(world.told)
        .containsExactly("h1 [2, 3] again 1 left 2", "3 left out from /0 on, left 2");
    assertThat(world.runningFolders()).containsExactly("/2");
    world.succeed("/2");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.wakeAt()).as("nothing to wake for").isEmpty();
    assertThat(world.walk.tally().waiting()).isEqualTo(3);
    assertThat(world.settled).hasSize(1);
  }

  @Test
  void whoBecomesWiderByAFailureIsLeftOutToo() {
    Retry retry =
        new Retry(
            Optional.empty(),
            Map.of(Retry.Kind.EXIT, new Change(1, OptionalInt.of(3))),
            Retry.ANY_CODE,
            3,
            OptionalInt.empty());
    JobTree tree =
        JobTree.of(
            JobFolder.shell("/0", "true").with(Settings.DEFAULT.withRanks(1).withRetry(retry)));
    Simulation world = new Simulation(rules(AS_ASKED, 3), tree, 2, 2).step();
    world.lose("h1", 2, 3).fail("/0", 1);
    assertThat(world.told).contains("1 left out from /0 on, left 2");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().left()).isEqualTo(1);
  }

  @Test
  void anUpdateIsTakenUpAsIfNothingWasLostAndWhatDoesNotFitIsLeftOut() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(1), 2, 2);
    world.walk.keepalive(Walk.Keepalive.ON);
    world.step().lose("h1", 2, 3).succeed("/0");
    world.update(tree(1, 4, 2));
    assertThat(world.runningFolders()).containsExactly("/2");
    assertThat(world.told).contains("1 left out from /1 on, left 2");
    world.succeed("/2");
    assertThat(world.walk.idle()).isTrue();
  }

  @Test
  void whoWaitsForOneThatIsLeftOutIsLeftAndTheLastPhaseStillComes() {
    JobTree tree =
        JobTree.of(
            shell("/wide", 4),
            shell("/after", 1).dependingOn(Dependency.on("/wide")),
            shell("/a", 1),
            shell("/zz", 1).in(Phase.FINALLY));
    Simulation world = new Simulation(rules(AS_ASKED), tree, 2, 2);
    world.lose("h1", 2, 3);
    assertThat(world.runningFolders()).containsExactly("/a");
    world.succeed("/a");
    assertThat(world.runningFolders()).containsExactly("/zz");
    world.succeed("/zz");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().left()).isEqualTo(2);
  }

  @Test
  void equalSharesAreThoseOfWhatIsLeft() {
    Simulation world = new Simulation(rules(new Sharing.Equal(2)), tree(1, 1, 1, 1), 4, 4).step();
    assertThat(world.ranksOf("/0")).isEqualTo(4);
    world.lose("h1", 4, 5, 6, 7).succeed("/0");
    assertThat(world.runningFolders()).hasSize(2);
    assertThat(world.ranksOf("/1")).isEqualTo(2);
    Simulation beside =
        new Simulation(
                rules(new Sharing.AsAsked(2, 4)),
                JobTree.of(shell("/0", 1), JobFolder.shell("/1", "true"), shell("/2", 1)),
                4,
                4)
            .step();
    assertThat(beside.runningFolders()).containsExactlyInAnyOrder("/0", "/1");
    assertThat(beside.ranksOf("/1")).isEqualTo(4);
    beside.lose("h0", 0, 1, 2, 3).lose("h1", 7);
    assertThat(beside.running.values())
        .filteredOn(order -> order.folder().name().path().equals("/1"))
        .allMatch(order -> order.placement().size() == 2);
  }

  @Test
  void whereAllRanksAreLostNothingSpins() {
    for (Sharing sharing : List.of(AS_ASKED, new Sharing.Equal(2))) {
      Simulation world = new Simulation(rules(sharing), tree(1, 1, 1), 2, 2).step();
      world.lose("h0", 0, 1).lose("h1", 2, 3);
      assertThat(world.running).isEmpty();
      assertThat(world.walk.finished()).isTrue();
      assertThat(world.walk.tally().left()).isEqualTo(3);
      assertThat(world.walk.wakeAt()).isEmpty();
    }
  }

  @Test
  void ranksThatTheWalkDoesNotHaveChangeNothing() {
    Simulation world = new Simulation(rules(AS_ASKED), tree(1), 2, 2).step();
    world.walk.lost(new Host("elsewhere"), List.of(9), "gone", world.now);
    world.lose("h1", 2).lose("h1", 2);
    assertThat(world.told).containsExactly("h1 [2] again 0 left 3");
  }

  @Property
  void whateverIsLostEachFolderEndsOrIsLeftAndNoOtherRankIsGone(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 6) Integer> asked,
      @ForAll boolean equalShares,
      @ForAll @Size(max = 6) Set<@IntRange(max = 5) Integer> toLose,
      @ForAll long seed) {
    Random random = new Random(seed);
    Sharing sharing = equalShares ? new Sharing.Equal(3) : AS_ASKED;
    Simulation world =
        new Simulation(
                rules(sharing, 2), tree(asked.stream().mapToInt(each -> each).toArray()), 2, 2, 2)
            .step();
    for (int rank : toLose) {
      List<String> names = world.runningFolders();
      if (!names.isEmpty()) {
        world.end(
            names.get(random.nextInt(names.size())),
            random.nextInt(3) == 0 ? Outcome.failed(new Cause.ExitCode(1)) : Outcome.success());
      }
      world.lose("h" + rank / 2, rank);
    }
    world.finish(random, id -> Outcome.success());

    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(6 - toLose.size());
    assertThat(world.settled.size() + world.walk.tally().waiting()).isEqualTo(asked.size());
    asked.stream()
        .filter(ranks -> !equalShares && ranks <= 6 - toLose.size())
        .forEach(any -> assertThat(world.settled).isNotEmpty());
    if (equalShares && toLose.size() < 6) {
      assertThat(world.settled).hasSize(asked.size());
    }
  }

  private static WalkRules rules(Sharing sharing) {
    return rules(sharing, 1);
  }

  private static WalkRules rules(Sharing sharing, int maxtrials) {
    return new WalkRules(sharing, new RetryRule(maxtrials), Duration.ofSeconds(10));
  }

  private static JobTree tree(int... ranks) {
    return JobTree.of(
        IntStream.range(0, ranks.length).mapToObj(i -> shell("/" + i, ranks[i])).toList());
  }

  private static JobFolder shell(String name, int ranks) {
    return JobFolder.shell(name, "true").with(Settings.DEFAULT.withRanks(ranks));
  }
}
