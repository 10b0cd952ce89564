package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Force;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.Test;

class WalkTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration TEN = Duration.ofSeconds(10);

  @Test
  void equalSharesAreSplitAgainWheneverAFolderEnds() {
    Simulation world = new Simulation(equal(3, 1), tree("/a", "/b", "/c", "/d", "/e"), 8).step();
    assertThat(world.runningFolders()).containsExactly("/a", "/b", "/c");
    assertThat(List.of(world.ranksOf("/a"), world.ranksOf("/b"), world.ranksOf("/c")))
        .containsExactly(3, 3, 2);

    world.succeed("/b");
    assertThat(world.ranksOf("/d")).isEqualTo(3);
    world.succeed("/c").succeed("/a").succeed("/d");
    assertThat(world.ranksOf("/e")).as("the share that was free when it started").isEqualTo(2);
    world.succeed("/e");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.world.size()).isEqualTo(8);
  }

  @Test
  void neverMoreFoldersThanRanks() {
    Simulation world = new Simulation(equal(10, 1), tree("/a", "/b", "/c"), 2).step();
    assertThat(world.runningFolders()).containsExactly("/a", "/b");
  }

  @Test
  void aFailedFolderIsTriedAgainUpToMaxtrialsAndTheOthersGoOn() {
    Simulation world = new Simulation(equal(1, 3), tree("/a", "/b"), 1).step();
    world.fail("/a", 2).fail("/a", 2);
    assertThat(world.settled).isEmpty();
    assertThat(world.walk.tally().retries()).isEqualTo(2);
    world.fail("/a", 4).succeed("/b");
    assertThat(world.walk.tally()).isEqualTo(new Tally(0, 0, 1, 1, 0, 0, 2));
    var failure = world.failure("/a");
    assertThat(failure.trials()).isEqualTo(3);
    assertThat(failure.cause()).isEqualTo(new Cause.ExitCode(4));
  }

  @Test
  void theFoldersOwnMaxtrialsCount() {
    JobFolder stubborn = folder("/a", 1).with(folder("/a", 1).settings().withMaxtrials(2));
    Simulation world = new Simulation(equal(1, 1), JobTree.of(stubborn), 1).step();
    world.fail("/a", 1);
    assertThat(world.runningFolders()).containsExactly("/a");
    world.fail("/a", 1);
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void aVanishedFolderIsAnErrorOfThatFolderAndIsNotTriedAgain() {
    Simulation world = new Simulation(equal(1, 3), tree("/a", "/b"), 1).step();
    world.end("/a", Outcome.failed(new Cause.Vanished("the directory is gone")));
    assertThat(world.settled).containsOnlyKeys(new FolderName("/a"));
    assertThat(world.runningFolders()).containsExactly("/b");
  }

  @Test
  void whatFailsWhileThereIsNoRoomOrRanThenCostsNoTrial() {
    Simulation world = new Simulation(equal(3, 1), tree("/a", "/b", "/c", "/d"), 3).step();
    world.walk.hold(Hold.ROOM);
    world.walk.lacksRoom(new Cause.NoRoom("/tree/a", "the disk is full"));
    world.fail("/a", 1);
    assertThat(world.delays.get(new FolderName("/a"))).containsExactly(TEN);
    assertThat(world.runningFolders()).as("nothing is started").containsExactly("/b", "/c");
    world.pass(TEN).succeed("/b");
    assertThat(world.runningFolders()).containsExactly("/c");
    world.walk.hasRoom(world.now);
    world.step().fail("/c", 1);
    assertThat(world.settled).containsOnlyKeys(new FolderName("/b"));
    assertThat(world.runningFolders()).containsExactlyInAnyOrder("/a", "/d");
    world.fail("/d", 1);
    assertThat(world.failure("/d").cause())
        .as("it began when there was room again")
        .isEqualTo(new Cause.ExitCode(1));
  }

  @Test
  void whatBeginsWhenThereIsRoomAgainFailsByItself() {
    Simulation world = new Simulation(equal(1, 1), tree("/a"), 1);
    world.walk.hold(Hold.ROOM);
    world.walk.lacksRoom(new Cause.NoRoom("/tree/a", "the disk is full"));
    world.walk.hasRoom(world.now);
    world.pass(TEN).fail("/a", 1);
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.ExitCode(1));
  }

  @Test
  void aHoldEndsWhenAllOfItsReasonsAreOver() {
    Simulation world = new Simulation(equal(1, 1), tree("/a"), 1);
    world.walk.hold(Hold.ROOM);
    world.walk.hold(Hold.JOURNAL);
    world.walk.goOn(Hold.JOURNAL);
    assertThat(world.step().runningFolders()).isEmpty();
    world.walk.hasRoom(world.now);
    assertThat(world.step().runningFolders()).containsExactly("/a");
  }

  @Test
  void taggedFoldersAreCountedAndNotRun() {
    JobFolder off =
        new JobFolder(
            new FolderName("/off"), folder("/off", 1).functional(), Settings.DEFAULT, true);
    Simulation world = new Simulation(equal(2, 1), JobTree.of(off, folder("/on", 1)), 2).step();
    assertThat(world.runningFolders()).containsExactly("/on");
    assertThat(world.walk.tally().tagged()).isEqualTo(1);
  }

  @Test
  void foldersGetTheRanksThatTheyAskFor() {
    JobTree tree = JobTree.of(folder("/a", 1), folder("/b", 3), folder("/c", 4), folder("/d", 2));
    Simulation world = new Simulation(perFolder(4, 1), tree, 4).step();
    assertThat(world.runningFolders()).as("an exact fit goes first").containsExactly("/c");
    world.succeed("/c");
    assertThat(world.runningFolders()).containsExactlyInAnyOrder("/a", "/b");
    world.succeed("/b");
    assertThat(world.runningFolders()).containsExactlyInAnyOrder("/a", "/d");
  }

  @Test
  void foldersThatAskForTooManyRanksAreAllRefusedByNameBeforeAnythingStarts() {
    JobTree tree = JobTree.of(folder("/a", 1), folder("/relax/si", 64), folder("/wide", 49));
    assertThatThrownBy(() -> new Simulation(perFolder(4, 1), tree, 48))
        .isInstanceOf(MpiSizeException.class)
        .hasMessage(
            "folder '/relax/si' asks for 64 ranks, the allocation has 48\n"
                + "folder '/wide' asks for 49 ranks, the allocation has 48: lower 'ranks' or ask for more");
  }

  @Test
  void anEmptyCommunicatorIsRefused() {
    assertThatThrownBy(() -> new Simulation(equal(1, 1), tree("/a")))
        .isInstanceOf(MpiSizeException.class);
  }

  @Test
  void theFirstInLineIsOvertakenABoundedNumberOfTimes() {
    JobFolder first = folder("/a", 3);
    List<JobFolder> folders =
        new java.util.ArrayList<>(List.of(first, folder("/b0", 2), folder("/b1", 2)));
    for (int i = 0; i < 400; i++) {
      folders.add(folder(String.format("/c%03d", i), 2));
    }
    Simulation world = new Simulation(perFolder(2, 1), JobTree.of(folders), 4).step();
    int ended = 0;
    while (!world.runningFolders().contains("/a") && ended < 400) {
      world.pass(TEN).succeed(world.runningFolders().get(0));
      ended++;
    }
    assertThat(ended)
        .as("folders that ended before the first in line could start")
        .isBetween(1, Admission.OVERTAKINGS + 2);
  }

  @Test
  void timeoutsAskThenForce() {
    JobTree tree =
        JobTree.of(folder("/a", 1).with(Settings.DEFAULT.withTimeout(Duration.ofSeconds(60))));
    Simulation world = new Simulation(equal(1, 1), tree, 1).step();
    assertThat(world.walk.wakeAt()).contains(Duration.ofSeconds(60));
    world.pass(Duration.ofSeconds(59));
    assertThat(world.asked).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.asked.values()).containsExactly(List.of(Force.TERMINATE));
    assertThat(world.walk.wakeAt()).contains(Duration.ofSeconds(70));
    world.pass(GRACE);
    assertThat(world.asked.values()).containsExactly(List.of(Force.TERMINATE, Force.KILL));
    assertThat(world.walk.wakeAt()).isEmpty();

    world.end("/a", Outcome.failed(new Cause.Signal(9)));
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.Timeout(Duration.ofSeconds(60)));
  }

  @Test
  void aProgramThatTidiesUpAndEndsWithZeroAfterItsTimeoutHasNotSucceeded() {
    JobTree tree =
        JobTree.of(folder("/a", 1).with(Settings.DEFAULT.withTimeout(Duration.ofSeconds(60))));
    Simulation world =
        new Simulation(equal(1, 1), tree, 1).step().pass(Duration.ofSeconds(60)).succeed("/a");
    assertThat(world.walk.tally().failed()).isEqualTo(1);
  }

  @Test
  void aNewTrialHasItsOwnTimeout() {
    JobTree tree =
        JobTree.of(folder("/a", 1).with(Settings.DEFAULT.withTimeout(Duration.ofSeconds(60))));
    Simulation world =
        new Simulation(equal(1, 2), tree, 1).step().pass(Duration.ofSeconds(40)).fail("/a", 1);
    world.pass(Duration.ofSeconds(30));
    assertThat(world.asked).isEmpty();
    world.pass(Duration.ofSeconds(30));
    assertThat(world.asked).hasSize(1);
  }

  @Test
  void stepsRunOneAfterAnotherAndThoseThatSucceededArePassedOverInTheNextTrial() {
    Simulation world =
        new Simulation(equal(1, 2), JobTree.of(steps("/a", "relax", "static", "bands")), 2).step();
    world.succeed("/a").fail("/a", 1);
    assertThat(world.running.values())
        .singleElement()
        .satisfies(order -> assertThat(order.step().name()).isEqualTo("static"));
    world.succeed("/a").succeed("/a");
    assertThat(world.launched.stream().map(id -> id.number() + "." + id.step()))
        .containsExactly("1.0", "1.1", "2.1", "2.2");
    assertThat(world.walk.tally().succeeded()).isEqualTo(1);
  }

  @Test
  void drainLetsTrialsEndAndStartsNothing() {
    Simulation world = new Simulation(equal(1, 2), tree("/a", "/b"), 1).step();
    world.walk.stop(Stop.DRAIN, "asked to", world.now);
    world.step();
    assertThat(world.asked).isEmpty();
    world.fail("/a", 1);
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally())
        .as("a folder with trials left is left, not failed")
        .isEqualTo(new Tally(2, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void terminateEndsAllAtOnceAndEachGetsItsFinalState() {
    Simulation world = new Simulation(equal(3, 2), tree("/a", "/b", "/c", "/d"), 3).step();
    world.walk.stop(Stop.TERMINATE, "signal 15", world.now);
    world.step();
    assertThat(world.asked.values())
        .hasSize(3)
        .allMatch(asked -> asked.equals(List.of(Force.TERMINATE)));
    world.pass(GRACE);
    assertThat(world.asked.values())
        .allMatch(asked -> asked.equals(List.of(Force.TERMINATE, Force.KILL)));
    world
        .end("/a", Outcome.failed(new Cause.Signal(15)))
        .succeed("/b")
        .end("/c", Outcome.failed(new Cause.Signal(9)));
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.settled.values())
        .hasSize(3)
        .allMatch(
            s -> s.failure().orElseThrow().cause().equals(new Cause.Interrupted("signal 15")));
    assertThat(world.walk.tally()).isEqualTo(new Tally(1, 0, 0, 0, 3, 0, 0));
  }

  @Test
  void killForcesAtOnceAndAWeakerStopAfterItChangesNothing() {
    Simulation world = new Simulation(equal(1, 1), tree("/a"), 1).step();
    world.walk.stop(Stop.KILL, "second signal", world.now);
    world.walk.stop(Stop.DRAIN, "late", world.now);
    world.step();
    assertThat(world.asked.values()).containsExactly(List.of(Force.TERMINATE, Force.KILL));
    assertThat(world.walk.stopping()).contains(Stop.KILL);
  }

  @Test
  void keepaliveHoldsTheRanksUntilItIsSetOff() {
    Simulation world = new Simulation(equal(1, 1), tree("/a"), 1).step();
    world.walk.keepalive(Walk.Keepalive.ON);
    world.succeed("/a");
    assertThat(world.walk.idle()).isTrue();
    assertThat(world.walk.finished()).isFalse();
    world.walk.update(tree("/a", "/b"), Walk.DeleteOld.NO);
    world.step();
    assertThat(world.runningFolders()).containsExactly("/b");
    world.walk.keepalive(Walk.Keepalive.OFF);
    world.succeed("/b");
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void anUpdateQueuesNewFoldersReplacesWaitingOnesAndLeavesTheRest() {
    JobFolder tagged =
        new JobFolder(
            new FolderName("/tagged"), folder("/tagged", 1).functional(), Settings.DEFAULT, true);
    Simulation world =
        new Simulation(equal(1, 1), tree("/a", "/b", "/c", "/gone"), 1).step().succeed("/a");
    JobFolder newer = JobFolder.shell("/c", "newer");
    UpdateReport report =
        world.walk.update(
            JobTree.of(folder("/a", 1), folder("/b", 1), newer, folder("/new", 1), tagged),
            Walk.DeleteOld.NO);
    assertThat(report.added()).extracting(FolderName::path).containsExactly("/new");
    assertThat(report.replaced()).extracting(FolderName::path).containsExactly("/c");
    assertThat(report.untouched())
        .extracting(FolderName::path)
        .containsExactly("/a", "/b", "/tagged");
    assertThat(report.dropped()).isEmpty();
    world.step().succeed("/b");
    assertThat(world.running.values())
        .singleElement()
        .satisfies(order -> assertThat(order.folder()).isEqualTo(newer));
    world.succeed("/c").succeed("/gone").succeed("/new");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().tagged()).isEqualTo(1);
  }

  @Test
  void deleteoldForgetsFinishedFoldersAndWaitingOnesThatAreGone() {
    Simulation world =
        new Simulation(equal(1, 1), tree("/1", "/2", "/3", "/4"), 1)
            .step()
            .succeed("/1")
            .fail("/2", 1);
    UpdateReport report = world.walk.update(tree("/5", "/6", "/7"), Walk.DeleteOld.YES);
    assertThat(report.dropped()).extracting(FolderName::path).containsExactly("/1", "/4");
    assertThat(world.walk.errors()).containsOnlyKeys(new FolderName("/2"));
    world.step().succeed("/3").succeed("/5").succeed("/6").succeed("/7");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().succeeded()).isEqualTo(4);
  }

  @Test
  void waitingFoldersThatAreGoneStayQueuedAndAreNamed() {
    Simulation world = new Simulation(equal(1, 1), tree("/a", "/b", "/c"), 1).step();
    UpdateReport report = world.walk.update(tree("/b"), Walk.DeleteOld.NO);
    assertThat(report.gone()).extracting(FolderName::path).containsExactly("/c");
    assertThat(report.untouched()).extracting(FolderName::path).containsExactly("/b");
    assertThat(report.replaced()).isEmpty();
    world.succeed("/a").succeed("/b").succeed("/c");
    assertThat(world.walk.tally().succeeded()).isEqualTo(3);

    world = new Simulation(equal(1, 1), tree("/a", "/b", "/c"), 1).step();
    report = world.walk.update(tree("/b"), Walk.DeleteOld.YES);
    assertThat(report.gone()).isEmpty();
    assertThat(report.dropped()).extracting(FolderName::path).containsExactly("/c");
    world.succeed("/a").succeed("/b");
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void whatWasForgottenDoesNotRunAgainWhileTheTreeHasIt() {
    Simulation world = new Simulation(equal(1, 1), tree("/a", "/b"), 1).step();
    world.walk.keepalive(Walk.Keepalive.ON);
    world.succeed("/a").fail("/b", 1);
    world.walk.update(tree("/a", "/b", "/c"), Walk.DeleteOld.YES);
    world.step().succeed("/c");
    assertThat(world.walk.tally().succeeded()).isEqualTo(1);
    assertThat(world.walk.tally().failed()).isEqualTo(1);
    UpdateReport report = world.walk.update(tree("/a", "/b", "/c"), Walk.DeleteOld.YES);
    assertThat(report.added()).isEmpty();
    assertThat(world.walk.idle()).isTrue();
    world.walk.update(tree("/b", "/c"), Walk.DeleteOld.NO);
    report = world.walk.update(tree("/a", "/b", "/c"), Walk.DeleteOld.NO);
    assertThat(report.added()).extracting(FolderName::path).containsExactly("/a");
  }

  @Test
  void aFailureIsForgottenByNoUpdateUntilTheFolderWasGoneAndRunsAgain() {
    Simulation world = new Simulation(equal(1, 1), tree("/a", "/b"), 1).step();
    world.walk.keepalive(Walk.Keepalive.ON);
    world.fail("/a", 1).succeed("/b");
    assertThat(world.walk.update(tree("/a", "/b"), Walk.DeleteOld.YES).added()).isEmpty();
    world.walk.update(tree("/b"), Walk.DeleteOld.YES);
    assertThat(world.walk.tally().failed()).isEqualTo(1);
    UpdateReport back = world.walk.update(tree("/a", "/b"), Walk.DeleteOld.NO);
    assertThat(back.added()).extracting(FolderName::path).containsExactly("/a");
    assertThat(world.walk.tally().failed()).isZero();
    world.settled.remove(new FolderName("/a"));
    world.step().succeed("/a");
    assertThat(world.walk.errors()).isEmpty();
    assertThat(world.walk.tally().succeeded()).isEqualTo(1);
  }

  @Test
  void anUpdateGivesFoldersThatFailedAllTheirTrialsOnceMore() {
    WalkRules rules = new WalkRules(new Sharing.Equal(1), new RetryRule(2), GRACE);
    JobTree tree = tree("/a", "/b");
    Simulation world = new Simulation(rules, tree, 1).step();
    world.walk.keepalive(Walk.Keepalive.ON);
    world.fail("/a", 1).fail("/a", 1).succeed("/b");
    assertThat(world.walk.tally().failed()).isEqualTo(1);
    UpdateReport report = world.walk.update(tree, Walk.DeleteOld.NO, Past.Failed.RETRY);
    assertThat(report.retried()).extracting(FolderName::path).containsExactly("/a");
    assertThat(report.untouched()).extracting(FolderName::path).containsExactly("/b");
    assertThat(world.walk.errors()).isEmpty();
    world.settled.remove(new FolderName("/a"));
    world.step().fail("/a", 1).succeed("/a");
    assertThat(world.launched.get(world.launched.size() - 1).number()).isEqualTo(4);
    assertThat(world.walk.tally().succeeded()).isEqualTo(2);
  }

  @Test
  void equalSharesTurnIntoPackingWhenAnUpdateBringsAFolderThatAsks() {
    WalkRules rules = new WalkRules(new Sharing.AsAsked(2, 2), new RetryRule(1), GRACE);
    JobTree nobodyAsks =
        JobTree.of(Stream.of("/a", "/b", "/c").map(name -> JobFolder.shell(name, "true")).toList());
    Simulation world = new Simulation(rules, nobodyAsks, 5).step();
    assertThat(List.of(world.ranksOf("/a"), world.ranksOf("/b"))).containsExactly(3, 2);
    world.walk.update(
        JobTree.of(folder("/a", 1), JobFolder.shell("/c", "x"), folder("/d", 4)),
        Walk.DeleteOld.NO);
    world.step().succeed("/a").succeed("/b");
    assertThat(world.ranksOf("/c")).as("does not ask: the share").isEqualTo(2);
    world.succeed("/c");
    assertThat(world.ranksOf("/d")).isEqualTo(4);
    assertThatThrownBy(() -> world.walk.update(JobTree.of(folder("/e", 6)), Walk.DeleteOld.NO))
        .isInstanceOf(MpiSizeException.class);
    world.succeed("/d");
    world.walk.update(JobTree.of(JobFolder.shell("/f", "x")), Walk.DeleteOld.YES);
    world.step();
    assertThat(world.ranksOf("/f")).as("nobody asks any more: all that is free").isEqualTo(5);
  }

  @Test
  void aFolderThatIsTaggedNowIsTakenOut() {
    Simulation world = new Simulation(equal(1, 1), tree("/a", "/b"), 1).step();
    JobFolder off =
        new JobFolder(new FolderName("/b"), folder("/b", 1).functional(), Settings.DEFAULT, true);
    world.walk.update(JobTree.of(folder("/a", 1), off), Walk.DeleteOld.NO);
    world.step().succeed("/a");
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void anUpdateWithAFolderThatIsTooWideIsRefusedAsAWhole() {
    Simulation world = new Simulation(perFolder(1, 1), tree("/a", "/b"), 2).step();
    assertThatThrownBy(
            () ->
                world.walk.update(JobTree.of(folder("/b", 1), folder("/c", 3)), Walk.DeleteOld.NO))
        .isInstanceOf(MpiSizeException.class);
    assertThat(world.walk.tally().waiting() + world.walk.tally().running()).isEqualTo(2);
  }

  @Test
  void whatRanOnALostSessionWaitsAgainAndItsRanksComeBack() {
    Simulation world = new Simulation(equal(2, 2), tree("/a", "/b", "/c"), 4).step().fail("/a", 1);
    world.walk.abandon();
    assertThat(world.world.size()).isEqualTo(4);
    assertThat(world.walk.tally().waiting()).isEqualTo(3);
    world.running.clear();
    world.launched.clear();
    world.walk.begin(world.world);
    world.step();
    assertThat(world.launched)
        .extracting(TrialId::toString)
        .containsExactly("/a trial 2", "/b trial 1");
  }

  @Test
  void itGoesOnWithOtherRanksAfterItFinished() {
    Simulation world = new Simulation(equal(1, 1), tree("/a"), 1).step().fail("/a", 1);
    assertThat(world.walk.finished()).isTrue();
    world.walk.update(tree("/a", "/b"), Walk.DeleteOld.NO);
    world.walk.begin(Simulation.world(2));
    world.step().fail("/b", 1);
    assertThat(world.walk.errors()).containsOnlyKeys(new FolderName("/a"), new FolderName("/b"));
  }

  @Test
  void aDelayedFolderWaitsDoesNotBlockOthersAndStartsByTheClock() {
    Simulation world = new Simulation(equal(1, 3), patient("/a", "/b"), 1).step();
    world.fail("/a", 1);
    assertThat(world.delays.get(new FolderName("/a"))).containsExactly(TEN);
    assertThat(world.runningFolders()).containsExactly("/b");
    assertThat(world.walk.tally()).isEqualTo(new Tally(1, 1, 0, 0, 0, 0, 0));
    world.succeed("/b");
    assertThat(world.running).isEmpty();
    assertThat(world.walk.finished()).isFalse();
    assertThat(world.walk.wakeAt()).contains(TEN);
    world.pass(TEN.minusMillis(1));
    assertThat(world.running).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(world.launched).last().hasToString("/a trial 2");
    world.fail("/a", 1).pass(TEN.multipliedBy(2)).succeed("/a");
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally()).isEqualTo(new Tally(0, 0, 2, 0, 0, 0, 2));
  }

  @Test
  void aFolderWhoseDelayIsOverWhileNoPoolIsFreeWakesNobody() {
    Simulation world = new Simulation(equal(1, 3), patient("/a", "/b"), 1).step();
    world.fail("/a", 1).pass(TEN);
    assertThat(world.walk.wakeAt()).isEmpty();
    world.succeed("/b");
    assertThat(world.runningFolders()).containsExactly("/a");
  }

  @Test
  void drainLeavesDelayedFoldersAndWaitsForNoDelay() {
    Simulation world = new Simulation(equal(1, 3), patient("/a"), 1).step().fail("/a", 1);
    world.walk.stop(Stop.DRAIN, "asked to", world.now);
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.wakeAt()).isEmpty();
    assertThat(world.walk.tally()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void anUpdateKeepsTheDelayAndTheChangesOfAFolderThatWaits() {
    Retry longer =
        new Retry(
            Optional.of(Backoff.always(TEN)),
            Map.of(Kind.TIMEOUT, new Change(2, OptionalInt.empty())),
            Retry.ANY_CODE,
            1,
            OptionalInt.empty());
    Settings settings = Settings.DEFAULT.withTimeout(Duration.ofHours(1)).withRetry(longer);
    JobTree tree = JobTree.of(folder("/a", 1).with(settings));
    Simulation world =
        new Simulation(equal(1, 2), tree, 1).step().pass(Duration.ofHours(1)).succeed("/a");
    JobFolder newer = JobFolder.shell("/a", "newer").with(settings);
    world.walk.update(JobTree.of(newer), Walk.DeleteOld.NO);
    world.step();
    assertThat(world.running).isEmpty();
    world.pass(TEN);
    assertThat(world.running.values())
        .singleElement()
        .satisfies(
            order ->
                assertThat(order.folder())
                    .isEqualTo(newer.with(settings.withTimeout(Duration.ofHours(2)))));
    assertThat(world.walk.wakeAt()).contains(Duration.ofHours(3).plus(TEN));
    world.pass(Duration.ofHours(2)).succeed("/a");
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.Timeout(Duration.ofHours(2)));
  }

  @Test
  void theNextTrialGetsOtherRanks() {
    JobTree tree = JobTree.of(folder("/a", 1).with(wider(3)), folder("/b", 2));
    Simulation world = new Simulation(perFolder(2, 2), tree, 3).step();
    assertThat(world.ranksOf("/a")).isEqualTo(1);
    world.fail("/a", 137);
    assertThat(world.runningFolders()).containsExactly("/b");
    world.succeed("/b");
    assertThat(world.ranksOf("/a")).isEqualTo(3);
  }

  @Test
  void ranksThatNoTrialCouldEverGetAreRefusedBeforeAnythingStarts() {
    JobTree tree = JobTree.of(folder("/a", 1).with(wider(64)));
    assertThatThrownBy(() -> new Simulation(perFolder(4, 1), tree, 48))
        .isInstanceOf(MpiSizeException.class)
        .hasMessage(
            "folder '/a' asks for 64 ranks after a failure ('retry'), the allocation has 48:"
                + " lower 'ranks' or ask for more");
  }

  @Test
  void launchErrorsDoNotEatTheTrialsOfTheFolder() {
    Simulation world = new Simulation(equal(1, 2), tree("/a"), 1).step();
    Outcome flaky = Outcome.failed(new Cause.LaunchError("no answer"));
    Duration second = Duration.ofSeconds(1);
    world.end("/a", flaky).pass(second).end("/a", flaky).pass(second);
    world.fail("/a", 1).succeed("/a");
    assertThat(world.launched).last().hasToString("/a trial 4");
    assertThat(world.walk.tally().succeeded()).isEqualTo(1);
  }

  private static JobTree patient(String... names) {
    Retry retry =
        new Retry(
            Optional.of(new Backoff(TEN, 2, Duration.ofMinutes(5))),
            Retry.DEFAULT.worth(),
            Retry.ANY_CODE,
            3,
            OptionalInt.empty());
    return JobTree.of(
        Arrays.stream(names)
            .map(name -> folder(name, 1).with(Settings.DEFAULT.withRanks(1).withRetry(retry)))
            .toList());
  }

  private static Settings wider(int ranks) {
    return Settings.DEFAULT
        .withRanks(1)
        .withRetry(
            new Retry(
                Optional.empty(),
                Map.of(Kind.EXIT, new Change(1, OptionalInt.of(ranks))),
                Retry.ANY_CODE,
                1,
                OptionalInt.empty()));
  }

  private static WalkRules equal(int nbpools, int maxtrials) {
    return new WalkRules(new Sharing.Equal(nbpools), new RetryRule(maxtrials), GRACE);
  }

  private static WalkRules perFolder(int nbpools, int maxtrials) {
    return new WalkRules(
        new Sharing.PerFolder(nbpools, f -> f.settings().ranks().orElse(1)),
        new RetryRule(maxtrials),
        GRACE);
  }

  private static JobFolder folder(String name, int ranks) {
    return JobFolder.shell(name, "true").with(Settings.DEFAULT.withRanks(ranks));
  }

  private static JobTree tree(String... names) {
    return JobTree.of(Arrays.stream(names).map(name -> folder(name, 1)).toList());
  }

  private static JobFolder steps(String name, String... steps) {
    List<Step> all =
        Arrays.stream(steps)
            .map(
                step ->
                    new Step(
                        step, new Functional.Program(new Command.Shell("true")), Optional.empty()))
            .toList();
    return JobFolder.of(name, new Functional.Steps(all), Settings.DEFAULT);
  }
}
