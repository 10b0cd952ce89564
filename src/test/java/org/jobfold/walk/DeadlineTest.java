package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Settings;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Force;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.Test;

/** Ranks that will be gone. All times are seconds. */
class DeadlineTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final String REASON = "the allocation ends at 20:00";

  private static final Retry RETRY_LATER =
      new Retry(
          Optional.of(Backoff.always(seconds(20))),
          Retry.DEFAULT.worth(),
          Retry.ANY_CODE,
          3,
          OptionalInt.empty());

  @Test
  void whatCanNotEndInTimeIsNotStarted() {
    JobTree tree = JobTree.of(List.of(limited("/a", 91), limited("/b", 90), limited("/c", 5)));
    Simulation world = new Simulation(until(100, 10), tree, 1).step();
    assertThat(world.runningFolders()).containsExactly("/b");
    world.pass(seconds(86)).succeed("/b");
    assertThat(world.launched).as("5 s are too long for the 4 s left").hasSize(1);
    assertThat(world.outOfTime).containsExactly(2);
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.stopping()).contains(Stop.DRAIN);
    assertThat(world.walk.tally()).isEqualTo(new Tally(2, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void withoutATimeoutItIsJudgedByWhatTheOthersTook() {
    Simulation world = new Simulation(until(100, 10), tree("/a", "/b", "/c"), 1).step();
    world.pass(seconds(40)).succeed("/a");
    assertThat(world.runningFolders()).as("40 s of 50").containsExactly("/b");
    world.pass(seconds(20)).succeed("/b");
    assertThat(world.outOfTime).as("40 s do not fit into 30").containsExactly(1);
    assertThat(world.walk.finished()).isTrue();
  }

  @Test
  void likeIsComparedWithLike() {
    JobTree tree =
        JobTree.of(
            List.of(
                JobFolder.shell("/a", "long"),
                limited("/b", 20, "short"),
                JobFolder.shell("/c", "long"),
                JobFolder.shell("/d", "short"),
                JobFolder.shell("/e", "other")));
    Simulation world = new Simulation(until(100, 10), tree, 1).step();
    world.pass(seconds(60)).succeed("/a").pass(seconds(10)).succeed("/b");
    assertThat(world.runningFolders()).as("60 s do not fit, 10 do").containsExactly("/d");
    world.pass(seconds(5)).succeed("/d");
    assertThat(world.outOfTime).as("of 'other' only the rest is known").containsExactly(2);
  }

  @Test
  void whoIsToldThatTheEndIsNearWarnsAtOnceAndStartsNothing() {
    Deadline deadline =
        new Deadline(
            seconds(100), seconds(10), Optional.of(new Deadline.Warning(seconds(30), 10)), REASON);
    Simulation world = new Simulation(rules(deadline), tree("/a", "/b", "/c"), 2).step();
    world.walk.endIsNear("SIGUSR1", world.now);
    world.step();
    assertThat(world.warned).containsExactly("10 /a trial 1", "10 /b trial 1");
    world.succeed("/a");
    assertThat(world.runningFolders()).as("nothing new").containsExactly("/b");
    world.pass(seconds(85));
    assertThat(world.warned).as("not warned again").hasSize(2);
  }

  @Test
  void whatIsNotKnownIsTried() {
    Simulation world = new Simulation(until(100, 10), tree("/a", "/b"), 2).step();
    assertThat(world.runningFolders()).containsExactly("/a", "/b");
    world.pass(seconds(5)).fail("/a", 1);
    assertThat(world.walk.tally().failed()).isEqualTo(1);
  }

  @Test
  void oneThatTookLongDoesNotKeepTheOthersForEver() {
    String[] names = new String[30];
    Arrays.setAll(names, i -> "/f" + (10 + i));
    Simulation world = new Simulation(until(10_000, 0), tree(names), 1).step();
    world.pass(seconds(7000)).succeed("/f10");
    assertThat(world.outOfTime).as("7000 s, and 3000 are left").containsExactly(29);

    Simulation another = new Simulation(until(10_000, 0), tree(names), 2).step();
    another.pass(seconds(10)).succeed("/f11");
    for (int i = 2; i < 25; i++) {
      another.pass(seconds(10)).succeed("/f" + (10 + i));
    }
    another.pass(seconds(7000)).succeed("/f10");
    assertThat(another.runningFolders()).as("1 of 24 took 7000 s").containsExactly("/f35", "/f36");
  }

  @Test
  void whatWasTooLongStartsWhenItTurnsOutToBeShorter() {
    JobTree tree =
        JobTree.of(
            List.of(
                JobFolder.shell("/a", "long"),
                limited("/b", 300, "short"),
                JobFolder.shell("/c", "short")));
    Simulation world = new Simulation(until(1000, 0), tree, 1).step();
    world.pass(seconds(600)).succeed("/a");
    assertThat(world.runningFolders()).as("300 s fit into 400").containsExactly("/b");
    world.pass(seconds(5)).succeed("/b");
    assertThat(world.runningFolders()).as("600 s did not, 5 do").containsExactly("/c");
  }

  @Test
  void atTheMarginWhatRunsIsEndedAndInterrupted() {
    Simulation world = new Simulation(until(100, 10), tree("/a", "/b"), 1).step();
    assertThat(world.walk.wakeAt()).contains(seconds(90));
    world.pass(seconds(90));
    assertThat(world.asked).containsOnlyKeys(new TrialId(name("/a"), 1, 0));
    world.pass(GRACE);
    assertThat(world.asked.get(new TrialId(name("/a"), 1, 0)))
        .containsExactly(Force.TERMINATE, Force.KILL);
    world.end("/a", Outcome.failed(new Cause.Signal(9)));
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.Interrupted(REASON));
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally()).isEqualTo(new Tally(1, 0, 0, 0, 1, 0, 0));
  }

  @Test
  void runningFoldersAreWarnedOnce() {
    Deadline deadline =
        new Deadline(
            seconds(100), seconds(10), Optional.of(new Deadline.Warning(seconds(30), 10)), REASON);
    Simulation world = new Simulation(rules(deadline), tree("/a", "/b", "/c"), 2).step();
    assertThat(world.walk.wakeAt()).contains(seconds(70));
    world.pass(seconds(70)).pass(seconds(1));
    assertThat(world.warned).containsExactly("10 /a trial 1", "10 /b trial 1");
    assertThat(world.walk.wakeAt()).contains(seconds(90));
    assertThat(world.asked).isEmpty();
  }

  @Test
  void whoIsEndedByTheWarningIsInterrupted() {
    Deadline deadline =
        new Deadline(
            seconds(100), seconds(10), Optional.of(new Deadline.Warning(seconds(30), 10)), REASON);
    JobTree tree = tree("/a", "/b", "/c", "/d");
    Simulation world = new Simulation(rules(deadline), tree, 4).step();
    world.end("/d", Outcome.failed(new Cause.Signal(10)));
    assertThat(world.failure("/d").cause()).as("not warned yet").isEqualTo(new Cause.Signal(10));
    world.pass(seconds(70));
    world.end("/a", Outcome.failed(new Cause.Signal(10)));
    world.end("/b", Outcome.failed(new Cause.ExitCode(138)));
    world.end("/c", Outcome.failed(new Cause.ExitCode(1)));
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.Interrupted(REASON));
    assertThat(world.failure("/b").cause()).isEqualTo(new Cause.Interrupted(REASON));
    assertThat(world.failure("/c").cause()).isEqualTo(new Cause.ExitCode(1));
  }

  @Test
  void aDelayThatIsOverInTimeIsWaitedFor() {
    JobFolder later =
        JobFolder.shell("/a", "true")
            .with(Settings.DEFAULT.withMaxtrials(2).withTimeout(seconds(5)).withRetry(RETRY_LATER));
    Simulation world = new Simulation(until(100, 10), JobTree.of(later), 1).step();
    world.pass(seconds(1)).fail("/a", 1);
    assertThat(world.walk.finished()).isFalse();
    world.pass(seconds(20));
    assertThat(world.runningFolders()).containsExactly("/a");

    Simulation tooLate = new Simulation(until(30, 10), JobTree.of(later), 1).step();
    tooLate.pass(seconds(1)).fail("/a", 1);
    assertThat(tooLate.outOfTime).containsExactly(1);
    assertThat(tooLate.walk.finished()).isTrue();
  }

  @Test
  void keptRanksAreHeldUntilTheMargin() {
    Simulation world = new Simulation(until(100, 10), JobTree.of(limited("/a", 200)), 1);
    world.walk.keepalive(Walk.Keepalive.ON);
    world.step();
    assertThat(world.walk.finished()).isFalse();
    world.walk.update(JobTree.of(limited("/b", 20)), Walk.DeleteOld.NO);
    world.step();
    assertThat(world.runningFolders()).containsExactly("/b");
    world.succeed("/b").pass(seconds(90));
    assertThat(world.walk.finished()).isTrue();
    assertThat(world.walk.tally().waiting()).isEqualTo(1);
  }

  @Test
  void aStopIsNotMadeWeakerAtTheMargin() {
    Simulation world = new Simulation(until(100, 10), tree("/a"), 1).step();
    world.walk.stop(Stop.KILL, "SIGTERM", world.now);
    world.pass(seconds(95));
    assertThat(world.walk.stopping()).contains(Stop.KILL);
    world.end("/a", Outcome.failed(new Cause.Signal(9)));
    assertThat(world.failure("/a").cause()).isEqualTo(new Cause.Interrupted("SIGTERM"));
  }

  @Test
  void aWarningMustComeBeforeTheMargin() {
    assertThatThrownBy(
            () ->
                new Deadline(
                    seconds(100),
                    seconds(10),
                    Optional.of(new Deadline.Warning(seconds(10), 10)),
                    REASON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warn earlier");
  }

  // ---- what could not be written down

  @Test
  void aRecalledFolderWaitsAgainWithTheSameTrial() {
    Simulation world = new Simulation(until(1000, 10), tree("/a"), 1);
    world.walk.next(world.now);
    world.walk.hold(Hold.JOURNAL);
    world.walk.recall(new TrialId(name("/a"), 1, 0));
    assertThat(world.world.size()).isEqualTo(1);
    assertThat(world.walk.tally()).isEqualTo(new Tally(1, 0, 0, 0, 0, 0, 0));
    assertThat(world.walk.next(world.now)).isEmpty();
    assertThat(world.walk.finished()).as("it waits to go on").isFalse();
    world.walk.goOn(Hold.JOURNAL);
    world.step();
    assertThat(world.launched).containsExactly(new TrialId(name("/a"), 1, 0));
  }

  @Test
  void theTimeoutOfARecalledTrialDoesNotHitTheNext() {
    Simulation world = new Simulation(until(1000, 10), JobTree.of(limited("/a", 50)), 1);
    world.walk.next(world.now);
    world.walk.recall(new TrialId(name("/a"), 1, 0));
    world.pass(seconds(40)).pass(seconds(20));
    assertThat(world.asked).isEmpty();
    world.pass(seconds(30));
    assertThat(world.asked).hasSize(1);
  }

  private static FolderName name(String path) {
    return new FolderName(path);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  private static JobFolder limited(String name, int timeout) {
    return limited(name, timeout, "true");
  }

  private static JobFolder limited(String name, int timeout, String command) {
    return JobFolder.shell(name, command).with(Settings.DEFAULT.withTimeout(seconds(timeout)));
  }

  private static JobTree tree(String... names) {
    return JobTree.of(Arrays.stream(names).map(n -> JobFolder.shell(n, "true")).toList());
  }

  private static WalkRules until(int end, int margin) {
    return rules(new Deadline(seconds(end), seconds(margin), Optional.empty(), REASON));
  }

  private static WalkRules rules(Deadline deadline) {
    return new WalkRules(new Sharing.Equal(30), new RetryRule(1), GRACE, Optional.of(deadline));
  }
}
