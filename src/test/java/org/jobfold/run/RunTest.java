package org.jobfold.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.disk.JournalFile;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Settings;
import org.jobfold.journal.Entry;
import org.jobfold.journal.FolderState;
import org.jobfold.journal.RunState;
import org.jobfold.retry.RetryRule;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Clock;
import org.jobfold.spi.JournalStore;
import org.jobfold.spi.Loss;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.RunListener;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.walk.Past;
import org.jobfold.walk.Sharing;
import org.jobfold.walk.Stop;
import org.jobfold.walk.Walk;
import org.jobfold.walk.WalkRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  private final List<String> account = Collections.synchronizedList(new ArrayList<>());

  @Test
  void everyActionIsHandedToTheJournalBeforeItIsPerformed() throws Exception {
    Communicator world = world(1);
    Run run =
        Run.start(
            walk("/a", "/b"), world, ports(order -> Outcome.success()).withJournal(recorded()));
    run.awaitEnd();
    assertThat(account)
        .containsExactly(
            "open",
            "RunStarted",
            "TrialOrdered /a trial 1",
            "flush",
            "launch /a trial 1",
            "TrialStarted",
            "TrialEnded",
            "FolderSettled /a",
            "TrialOrdered /b trial 1",
            "flush",
            "launch /b trial 1",
            "TrialStarted",
            "TrialEnded",
            "FolderSettled /b",
            "flush",
            "RunEnded",
            "flush",
            "close");
    assertThat(world.size()).isEqualTo(1);
  }

  @Test
  void aJournalThatCanNotBeWrittenEndsTheRunAndNothingIsLeft() throws Exception {
    JournalStore full = mock(JournalStore.class);
    doThrow(new UncheckedIOException("the journal is full", new FileSystemException("journal")))
        .when(full)
        .append(any(Entry.TrialEnded.class));
    Communicator world = world(2);
    Run run =
        Run.start(
            walk("/a", "/b"),
            world,
            ports(order -> order.slot() == 0 ? Outcome.success() : FakeBackend.ENDLESS)
                .withJournal(full));
    assertThatThrownBy(run::awaitEnd)
        .isInstanceOf(BrokenOff.class)
        .hasMessage("the run broke off: the journal is full");
    assertThat(account).last().isEqualTo("close");
    assertThat(run.tally().running()).isZero();
    assertThat(run.tally().waiting()).isPositive();
    assertThat(world.size()).isEqualTo(2);
    assertThat(run.ended()).isTrue();
  }

  @Test
  void aLostHostIsWrittenDownThenToldAndItsFolderRunsElsewhere() throws Exception {
    Placement two =
        new Placement(
            List.of(
                new Placement.Share(new Host("n1"), List.of(0)),
                new Placement.Share(new Host("n2"), List.of(1))));
    FakeBackend backend = new FakeBackend(two, account::add, order -> FakeBackend.ENDLESS);
    Communicator world = Communicator.world(two);
    Run run =
        Run.start(
            walk("/a", "/b"),
            world,
            Ports.of(backend)
                .withJournal(recorded())
                .withListener(
                    new RunListener() {
                      @Override
                      public void ranksLost(Loss loss) {
                        account.add("told of " + loss.host() + ", " + loss.again() + " again");
                      }
                    }));
    backend.lose("n2");
    backend.finish("/a");
    backend.finish("/b");
    run.awaitEnd();
    assertThat(account)
        .containsSubsequence(
            "launch /b trial 1",
            "RanksLost",
            "flush",
            "told of n2, 1 again",
            "launch /b trial 2",
            "FolderSettled /b");
    assertThat(run.tally().succeeded()).isEqualTo(2);
    assertThat(world.size()).isEqualTo(1);
  }

  // ---- a journal that can not be written for a while

  @Test
  void whileTheJournalCanNotBeWrittenNothingStartsAndWhatRunsGoesOn() throws Exception {
    FullDisk disk = new FullDisk();
    CountDownLatch paused = new CountDownLatch(1);
    CountDownLatch launched = new CountDownLatch(1);
    FakeBackend backend = new FakeBackend(1, account::add, order -> FakeBackend.ENDLESS);
    Run run =
        Run.start(
            walk("/a", "/b"),
            world(1),
            Ports.of(backend)
                .withJournal(disk)
                .withListener(
                    RunListener.all(
                        new RunListener() {
                          @Override
                          public void settled(FolderName folder, FinalState state) {
                            account.add("settled " + folder);
                          }
                        },
                        onLaunch(launched),
                        pauses(paused))));
    launched.await();
    disk.fill();
    backend.finish("/a");
    paused.await();
    while (run.tally().running() > 0) {
      Thread.onSpinWait();
    }
    assertThat(run.tally().waiting()).isEqualTo(1);
    assertThat(account).as("a result is told when it is kept").doesNotContain("settled /a");
    disk.makeRoom();
    backend.finish("/b");
    run.awaitEnd();
    assertThat(run.tally().succeeded()).isEqualTo(2);
    assertThat(account)
        .containsSubsequence(
            "launch /a trial 1",
            "paused",
            "settled /a",
            "went on",
            "launch /b trial 1",
            "settled /b",
            "close");
    assertThat(Collections.frequency(account, "paused")).isEqualTo(1);
  }

  @Test
  void whenNothingRunsAndNobodyMakesRoomTheRunBreaksOffAfterItsPatience() throws Exception {
    FullDisk disk = new FullDisk();
    disk.fill();
    Communicator world = world(1);
    Run run =
        Run.start(
            walk("/a"),
            world,
            ports(order -> Outcome.success())
                .withJournal(disk)
                .withPatience(Duration.ofMillis(50)));
    assertThatThrownBy(run::awaitEnd).isInstanceOf(BrokenOff.class).hasMessageContaining("full");
    assertThat(account).containsExactly("open", "close");
    assertThat(run.tally().waiting()).isEqualTo(1);
    assertThat(world.size()).isEqualTo(1);
  }

  @Test
  void aStopDoesNotWaitForRoom() throws Exception {
    FullDisk disk = new FullDisk();
    disk.fill();
    CountDownLatch paused = new CountDownLatch(1);
    Run run =
        Run.start(
            walk("/a"),
            world(1),
            ports(order -> Outcome.success()).withJournal(disk).withListener(pauses(paused)));
    paused.await();
    run.stop(Stop.TERMINATE, "SIGTERM");
    assertThatThrownBy(run::awaitEnd).isInstanceOf(BrokenOff.class);
  }

  @Test
  void whatRunsIsEndedAlsoWhileTheJournalCanNotBeWritten() throws Exception {
    FullDisk disk = new FullDisk();
    CountDownLatch paused = new CountDownLatch(1);
    CountDownLatch launched = new CountDownLatch(2);
    JobTree tree =
        JobTree.of(
            JobFolder.shell("/a", "x"),
            JobFolder.shell("/b", "x").with(Settings.DEFAULT.withTimeout(Duration.ofMillis(300))),
            JobFolder.shell("/c", "x"));
    FakeBackend backend = new FakeBackend(1, account::add, order -> FakeBackend.ENDLESS);
    Run run =
        Run.start(
            new Walk(rules(), tree),
            world(2),
            Ports.of(backend)
                .withJournal(disk)
                .withListener(RunListener.all(onLaunch(launched), pauses(paused))));
    launched.await();
    disk.fill();
    backend.finish("/a");
    paused.await();
    while (run.tally().running() > 0) {
      Thread.onSpinWait();
    }
    assertThat(account).contains("TERMINATE /b trial 1").doesNotContain("launch /c trial 1");
    disk.makeRoom();
    backend.finish("/c");
    run.awaitEnd();
    assertThat(run.tally().succeeded()).isEqualTo(2);
    assertThat(run.errors()).containsOnlyKeys(new FolderName("/b"));
  }

  private RunListener pauses(CountDownLatch paused) {
    return new RunListener() {
      @Override
      public void paused(NotWrittenException why) {
        account.add("paused");
        paused.countDown();
      }

      @Override
      public void wentOn() {
        account.add("went on");
      }
    };
  }

  /** A journal on a disk that can be full. */
  private static final class FullDisk implements JournalStore {
    private volatile boolean full;

    void fill() {
      full = true;
    }

    void makeRoom() {
      full = false;
    }

    @Override
    public void append(Entry entry) {}

    @Override
    public void flush() {
      if (full) {
        throw new NotWrittenException("the disk is full", new FileSystemException("journal"));
      }
    }

    @Override
    public void close() {}
  }

  // ---- folders without room for their files

  @Test
  void whileFoldersHaveNoRoomNothingStartsAndTheirFailuresCostNoTrial() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    FakeBackend backend = new FakeBackend(1, account::add, RunTest::fullAtFirst);
    backend.lacks(Optional.of("the disk is full"));
    Run run =
        Run.start(
            new Walk(rules(), JobTree.of(impatient("/a"), impatient("/b"))),
            world(1),
            Ports.of(backend).withListener(room(told)));
    told.await();
    assertThat(run.tally().waiting()).isEqualTo(2);
    assertThat(account).containsExactly("open", "launch /a trial 1", "full: the disk is full");
    backend.lacks(Optional.empty());
    run.awaitEnd();
    assertThat(run.tally().succeeded()).isEqualTo(2);
    assertThat(account)
        .startsWith("open", "launch /a trial 1", "full: the disk is full", "room again")
        .contains("launch /a trial 2", "launch /b trial 1")
        .hasSize(7);
  }

  @Test
  void whatIsNotSeenFromHereHoldsNothingUp() throws Exception {
    Run run =
        Run.start(
            new Walk(rules(), JobTree.of(impatient("/a"), impatient("/b"))),
            world(1),
            ports(RunTest::fullAtFirst).withListener(room(new CountDownLatch(1))));
    run.awaitEnd();
    assertThat(run.tally().succeeded()).isEqualTo(2);
    assertThat(account)
        .containsOnly(
            "open", "launch /a trial 1", "launch /a trial 2", "launch /b trial 1", "close");
  }

  @Test
  void whenNothingRunsAndNobodyMakesRoomForFoldersTheRunEndsInOrder() throws Exception {
    FakeBackend backend = new FakeBackend(1, account::add, RunTest::fullAtFirst);
    backend.lacks(Optional.of("the disk is full"));
    Run run =
        Run.start(
            walk("/a", "/b"),
            world(1),
            Ports.of(backend)
                .withJournal(recorded())
                .withListener(room(new CountDownLatch(1)))
                .withPatience(Duration.ofMillis(50)));
    run.awaitEnd();
    assertThat(account)
        .contains("full: the disk is full", "RunEnded")
        .contains("out of room after PT0.05S: the disk is full")
        .doesNotContain("launch /b trial 1", "room again");
    assertThat(run.stopping()).contains(Stop.DRAIN);
    assertThat(run.tally().waiting()).isEqualTo(2);
    assertThat(run.errors()).isEmpty();
  }

  @Test
  void aStopDoesNotWaitForRoomForFolders() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    FakeBackend backend = new FakeBackend(1, account::add, RunTest::fullAtFirst);
    backend.lacks(Optional.of("the disk is full"));
    Run run = Run.start(walk("/a", "/b"), world(1), Ports.of(backend).withListener(room(told)));
    told.await();
    run.stop(Stop.DRAIN, "enough");
    run.awaitEnd();
    assertThat(run.tally().waiting()).isEqualTo(2);
  }

  private static Outcome fullAtFirst(Order order) {
    return order.id().folder().path().equals("/a") && order.id().number() == 1
        ? Outcome.failed(new Cause.NoRoom("/tree/a", "exit code 1, and the disk is full"))
        : Outcome.success();
  }

  /** One that does not wait for ten seconds before its next trial. */
  private static JobFolder impatient(String name) {
    Retry retry =
        new Retry(
            Optional.of(Backoff.always(Duration.ofMillis(1))),
            Retry.DEFAULT.worth(),
            Retry.DEFAULT.exitCodes(),
            Retry.DEFAULT.launch(),
            Retry.DEFAULT.tempfail());
    return JobFolder.shell(name, "true").with(Settings.DEFAULT.withRetry(retry));
  }

  private RunListener room(CountDownLatch told) {
    return new RunListener() {
      @Override
      public void full(String why) {
        account.add("full: " + why);
        told.countDown();
      }

      @Override
      public void roomAgain() {
        account.add("room again");
      }

      @Override
      public void outOfRoom(String why, Duration after) {
        account.add("out of room after " + after + ": " + why);
      }
    };
  }

  @Test
  void aStopEndsWhatRunsAndLeavesTheRest() throws Exception {
    CountDownLatch launched = new CountDownLatch(1);
    Run run =
        Run.start(
            walk("/a", "/b"),
            world(1),
            ports(order -> FakeBackend.ENDLESS).withListener(onLaunch(launched)));
    launched.await();
    run.stop(Stop.TERMINATE, "signal 15");
    run.awaitEnd();
    assertThat(account)
        .containsExactly("open", "launch /a trial 1", "TERMINATE /a trial 1", "close");
    assertThat(run.errors()).containsOnlyKeys(new FolderName("/a"));
    assertThat(run.tally().waiting()).isEqualTo(1);
    assertThat(run.stopping()).contains(Stop.TERMINATE);
  }

  @Test
  void timeoutsComeByTheClockWithNoEvent() throws Exception {
    JobTree tree =
        JobTree.of(
            JobFolder.shell("/a", "sleep 1000")
                .with(Settings.DEFAULT.withTimeout(Duration.ofMillis(20))));
    Run run = Run.start(new Walk(rules(), tree), world(1), ports(order -> FakeBackend.ENDLESS));
    run.awaitEnd();
    assertThat(run.errors().values())
        .singleElement()
        .satisfies(f -> assertThat(f.cause()).isEqualTo(new Cause.Timeout(Duration.ofMillis(20))));
  }

  @Test
  void keptRanksWaitForAnUpdateAndAnUpdateAfterTheEndIsRefused() throws Exception {
    Walk walk = walk("/a");
    walk.keepalive(Walk.Keepalive.ON);
    Run run = Run.start(walk, world(1), ports(order -> Outcome.success()));
    run.awaitIdle();
    assertThat(run.ended()).isFalse();
    assertThat(run.update(tree("/a", "/b"), Walk.DeleteOld.NO, Past.Failed.STAY).get().added())
        .containsExactly(new FolderName("/b"));
    run.awaitIdle();
    assertThat(run.tally().succeeded()).isEqualTo(2);
    run.keepalive(Walk.Keepalive.OFF);
    run.awaitEnd();
    assertThat(run.update(tree("/c"), Walk.DeleteOld.NO, Past.Failed.STAY))
        .isCompletedExceptionally();
  }

  @Test
  void theListenerHearsOfEachThingInItsOrder() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    RunListener listener =
        new RunListener() {
          @Override
          public void launched(Order order) {
            heard.add("launched " + order.id());
          }

          @Override
          public void settled(FolderName folder, FinalState state) {
            heard.add("settled " + folder + " " + state.word());
          }
        };
    Function<Order, Outcome> outcomes =
        order ->
            order.id().folder().path().equals("/a")
                ? Outcome.failed(new Cause.ExitCode(1))
                : Outcome.success();
    Run.start(walk("/a", "/b"), world(1), ports(outcomes).withListener(listener)).awaitEnd();
    assertThat(heard)
        .containsExactly(
            "launched /a trial 1",
            "settled /a failed",
            "launched /b trial 1",
            "settled /b succeeded");
  }

  @Test
  void theErrorsOfAHundredThousandFoldersAreNotQuadratic() throws Exception {
    List<JobFolder> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add(JobFolder.shell("/" + i, "true"));
    }
    FakeBackend backend =
        new FakeBackend(4, line -> {}, order -> Outcome.failed(new Cause.ExitCode(1)));
    Run run =
        Run.start(
            new Walk(rules(), JobTree.of(many)),
            Communicator.world(backend.allocation()),
            Ports.of(backend));
    run.awaitEnd();
    assertThat(run.errors()).hasSize(100_000);
  }

  /** Timeouts and delays go by the time that passes, the journal by the order of its lines. */
  @Test
  void aWallClockThatJumpsChangesNothing(@TempDir Path root) throws Exception {
    JobFolder hangs =
        JobFolder.shell("/hangs", "sleep 1000")
            .with(Settings.DEFAULT.withTimeout(Duration.ofMillis(30)));
    Retry delayed =
        new Retry(
            Optional.of(new Backoff(Duration.ofMillis(30), 1, Duration.ofSeconds(1))),
            Map.of(Retry.Kind.EXIT, Change.NONE),
            Retry.ANY_CODE,
            1,
            OptionalInt.empty());
    JobFolder again =
        JobFolder.shell("/again", "exit 1")
            .with(Settings.DEFAULT.withMaxtrials(2).withRetry(delayed));
    JumpingClock clock = new JumpingClock();
    Function<Order, Outcome> outcomes =
        order ->
            order.id().folder().path().equals("/hangs")
                ? FakeBackend.ENDLESS
                : order.id().number() == 1
                    ? Outcome.failed(new Cause.ExitCode(1))
                    : Outcome.success();
    StateDirectory state = StateDirectory.of(root);
    Duration begin = clock.elapsed();
    try (JournalFile journal = state.fresh(clock.now())) {
      Backend backend = new FakeBackend(2, account::add, outcomes);
      Run.start(
              new Walk(rules(), JobTree.of(List.of(hangs, again))),
              Communicator.world(backend.allocation()),
              new Ports(backend, journal, RunListener.NONE, clock))
          .awaitEnd();
    }
    assertThat(clock.elapsed().minus(begin)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    assertThat(account).containsOnlyOnce("TERMINATE /hangs trial 1", "launch /again trial 2");
    RunState found = state.load().state();
    assertThat(state.load().reading().damaged()).isZero();
    assertThat(found.of(again.name())).isEqualTo(FolderState.succeeded(2));
    assertThat(found.failures().values())
        .extracting(Failure::cause)
        .containsExactly(new Cause.Timeout(Duration.ofMillis(30)));
    assertThat(found.end()).isPresent();
  }

  /** Its wall clock is decades ahead and behind in turn. */
  private static final class JumpingClock implements Clock {
    private final Clock real = new SystemClock();
    private int asked;

    @Override
    public Instant now() {
      return real.now().plus(Duration.ofDays(asked++ % 2 == 0 ? 9000 : -9000));
    }

    @Override
    public Duration elapsed() {
      return real.elapsed();
    }
  }

  private static RunListener onLaunch(CountDownLatch latch) {
    return new RunListener() {
      @Override
      public void launched(Order order) {
        latch.countDown();
      }
    };
  }

  private Ports ports(Function<Order, Outcome> outcomes) {
    return Ports.of(new FakeBackend(1, account::add, outcomes));
  }

  private static Communicator world(int ranks) {
    return Communicator.world(Orders.ranks("here", ranks));
  }

  private static Walk walk(String... names) {
    return new Walk(rules(), tree(names));
  }

  private static JobTree tree(String... names) {
    return JobTree.of(Arrays.stream(names).map(name -> JobFolder.shell(name, "true")).toList());
  }

  private static WalkRules rules() {
    return new WalkRules(new Sharing.Equal(4), new RetryRule(1), Duration.ofSeconds(10));
  }

  private JournalStore recorded() {
    return new JournalStore() {
      @Override
      public void append(Entry entry) {
        String kind = entry.getClass().getSimpleName();
        if (entry instanceof Entry.TrialOrdered ordered) {
          account.add(kind + " " + ordered.id());
        } else if (entry instanceof Entry.FolderSettled settled) {
          account.add(kind + " " + settled.folder());
        } else {
          account.add(kind);
        }
      }

      @Override
      public void flush() {
        account.add("flush");
      }

      @Override
      public void close() {}
    };
  }
}
