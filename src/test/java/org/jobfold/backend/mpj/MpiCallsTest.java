package org.jobfold.backend.mpj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.End;
import org.jobfold.backend.mpj.Message.Interrupt;
import org.jobfold.backend.mpj.Message.Judge;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Judgement;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.spi.SessionEvent.RanksLost;
import org.jobfold.trial.Cause;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One end for each call, whatever the ranks do. */
@Timeout(60)
class MpiCallsTest {
  private static final Patience SHORT =
      new Patience(
          Duration.ofMillis(400),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofMillis(200));

  @TempDir private Path root = Path.of("/");
  private final EventLog events = new EventLog();
  private FakeRanks ranks = new FakeRanks(List.of());
  private Optional<MpiCalls> calls = Optional.empty();

  @BeforeEach
  void openWithThreads() {
    open(List.of());
  }

  @AfterEach
  void close() {
    calls.ifPresent(MpiCalls::close);
  }

  private void open(List<Integer> expendable) {
    open(expendable, SHORT);
  }

  private void open(List<Integer> expendable, Patience patience) {
    close();
    ranks = new FakeRanks(expendable);
    calls = Optional.of(new MpiCalls(root, Orders.ranks("node1", 4), ranks, patience, events));
    ranks.receive(calls.get());
  }

  private MpiCalls calls() {
    return calls.orElseThrow();
  }

  private Order order(String name, int count) throws IOException {
    Files.createDirectories(root.resolve(name.substring(1)));
    JobFolder folder =
        JobFolder.of(
            name, new Functional.Call("my.Call", List.of(), List.of()), Settings.DEFAULT.withMpi());
    return new Order(
        new TrialId(folder.name(), 1, 0),
        folder,
        folder.functional().asSteps().get(0),
        Orders.ranks("node1", count),
        0);
  }

  private Cause cause(Order order) {
    return events.ended(order.id()).outcome().cause().orElseThrow();
  }

  /** All ranks do as they are told, and the files can not tell. */
  private void obey(int rank, Message message, Verdict verdict) {
    if (message instanceof Begin begin) {
      ranks.end(rank, begin, verdict, verdict == Verdict.RETURNED ? "" : "boom " + rank);
    } else if (message instanceof Judge judge) {
      ranks.say(rank, new Judged(judge.call(), Judgement.SILENT, ""));
    }
  }

  /** A rank that gets ready, heeds no interrupt, and is gone when its JVM is ended. */
  private void neverReturn(int rank, Message message) {
    if (message instanceof Begin begin) {
      ranks.say(rank, new Message.Ready(begin.call()));
    } else if (message instanceof End) {
      ranks.lose(rank);
    }
  }

  @Test
  void returnsEverywhere() throws IOException {
    ranks.act((rank, message) -> obey(rank, message, Verdict.RETURNED));
    Order order = order("/a", 3);
    calls().launch(order);
    Ended ended = events.ended(order.id());
    assertThat(ended.outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).exists();
    assertThat(events.all()).first().isInstanceOf(SessionEvent.Started.class);
    assertThat(events.all()).hasSize(2);
  }

  @Test
  void oneThrows() throws IOException {
    ranks.act((rank, message) -> obey(rank, message, rank == 1 ? Verdict.THREW : Verdict.RETURNED));
    Order order = order("/a", 3);
    calls().launch(order);
    assertThat(cause(order)).isEqualTo(new Cause.Thrown("the call threw boom 1"));
    assertThat(events.ended(order.id()).tail()).containsExactly("jobfold call: rank 1: boom 1");
  }

  @Test
  void theFilesOverruleWhatWasThrown() throws IOException {
    ranks.act(
        (rank, message) -> {
          if (message instanceof Judge judge) {
            ranks.say(rank, new Judged(judge.call(), Judgement.SUCCESS, ""));
          } else {
            obey(rank, message, Verdict.THREW);
          }
        });
    Order order = order("/a", 2);
    calls().launch(order);
    assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
  }

  @Test
  void whoWaitsForOneThatFailedIsInterruptedAndEnds() throws IOException {
    long[] call = {0};
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin && rank == 0) {
            obey(rank, begin, Verdict.THREW);
          } else if (message instanceof Begin begin) {
            call[0] = begin.call();
          } else if (message instanceof Interrupt) {
            ranks.say(
                rank,
                new Done(call[0], Verdict.THREW, "interrupted", "", "", "", ProcessorTime.NONE));
          } else {
            obey(rank, message, Verdict.THREW);
          }
        });
    Order order = order("/a", 2);
    calls().launch(order);
    assertThat(cause(order)).isEqualTo(new Cause.Thrown("the call threw boom 0"));
    assertThat(events.all()).noneMatch(RanksLost.class::isInstance);
  }

  @Test
  void aThreadThatDoesNotEndLosesItsRankAndTheFolderIsNotRunBesideIt() throws IOException {
    Begin[] begun = new Begin[1];
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin && begun[0] == null) {
            begun[0] = begin;
          } else {
            obey(rank, message, Verdict.RETURNED);
          }
        });
    Order order = order("/a", 1);
    calls().launch(order);
    calls().end(order.id(), Force.KILL);
    assertThat(cause(order)).isInstanceOf(Cause.NodeLost.class);
    events.lost(0);

    Order again = again(order, 2, 1, 1);
    calls().launch(again);
    assertThat(cause(again).text()).contains("still runs in rank 0");

    ranks.end(0, begun[0], Verdict.THREW, "at last");
    Order later = again(order, 3, 1, 1);
    calls().launch(later);
    assertThat(events.ended(later.id()).outcome().succeeded()).isTrue();
  }

  @Test
  void aJvmThatDoesNotEndIsEndedAndTheEndIsToldWhenItIsGone() throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(
        (rank, message) -> {
          if (message instanceof End) {
            ranks.lose(rank);
          }
        });
    Order order = again(order("/a", 1), 1, 2, 2);
    calls().launch(order);
    calls().end(order.id(), Force.KILL);
    assertThat(cause(order)).isInstanceOf(Cause.NodeLost.class);
    SessionEvent ended = events.ended(order.id());
    RanksLost lost = events.lost(2);
    assertThat(lost.ranks()).containsExactly(2, 3);
    assertThat(events.all().indexOf(lost)).isGreaterThan(events.all().indexOf(ended));
    assertThat(ranks.sent()).contains("2 End", "3 End");
  }

  @Test
  void aRankThatDiesFailsItsCallAsANodeThatWasLost() throws IOException {
    long[] call = {0};
    open(List.of(1, 2, 3));
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin && rank == 2) {
            ranks.lose(2);
          } else if (message instanceof Begin begin) {
            call[0] = begin.call();
          } else if (message instanceof Interrupt) {
            ranks.say(
                rank,
                new Done(call[0], Verdict.THREW, "interrupted", "", "", "", ProcessorTime.NONE));
          }
        });
    Order order = order("/a", 3);
    calls().launch(order);
    assertThat(cause(order)).isEqualTo(new Cause.NodeLost("rank 2: it is dead"));
    assertThat(events.lost(2))
        .isEqualTo(new RanksLost(new Host("node1"), List.of(2), "it is dead"));
    Order next = again(order, 2, 2, 1);
    calls().launch(next);
    assertThat(cause(next).text()).contains("rank 2 of this folder was lost before");
    Order wide = order("/wide", 2);
    calls().launch(wide);
    assertThat(cause(wide)).isInstanceOf(Cause.Interrupted.class);
  }

  /** A call that runs when a rank is lost that is none of its own. */
  private Order besideALoss(int rank, int first, int count) throws IOException {
    Order beside = again(order("/beside", count), 1, first, count);
    calls().launch(beside);
    ranks.lose(rank);
    return beside;
  }

  @Test
  void aCallOfSeveralRanksThatHangsAfterALossElsewhereIsGivenUpAndCostsNoTrial()
      throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(this::neverReturn);
    Order beside = besideALoss(3, 1, 2);
    assertThat(cause(beside))
        .isInstanceOfSatisfying(
            Cause.NodeLost.class,
            lost -> assertThat(lost.text()).contains("rank 3 was lost", "within 200ms"));
    assertThat(ranks.sent()).containsSubsequence("1 Interrupt", "1 End");
    assertThat(events.lost(3).ranks()).contains(1, 2);
  }

  @Test
  void aCallOfSeveralRanksThatThrowsBecauseItIsEndedAfterALossElsewhereIsLostAndNotFailed()
      throws IOException {
    open(List.of(1, 2, 3));
    long[] call = {0};
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin) {
            call[0] = begin.call();
            ranks.say(rank, new Message.Ready(begin.call()));
          } else if (message instanceof Interrupt) {
            ranks.say(
                rank,
                new Done(call[0], Verdict.THREW, "interrupted", "", "", "", ProcessorTime.NONE));
          }
        });
    assertThat(cause(besideALoss(3, 1, 2))).isInstanceOf(Cause.NodeLost.class);
    assertThat(ranks.sent()).doesNotContain("1 End");
  }

  @Test
  void aCallOfSeveralRanksThatEndsSoonAfterALossElsewhereHasEndedWell() throws IOException {
    open(List.of(1, 2, 3), Patience.USUAL);
    List<Begin> begun = new CopyOnWriteArrayList<>();
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin) {
            begun.add(begin);
          } else {
            obey(rank, message, Verdict.RETURNED);
          }
        });
    Order beside = besideALoss(3, 1, 2);
    events.lost(3);
    ranks.end(1, begun.get(0), Verdict.RETURNED, "");
    ranks.end(2, begun.get(0), Verdict.RETURNED, "");
    assertThat(events.ended(beside.id()).outcome().succeeded()).isTrue();
  }

  @Test
  void whatARankThrowsWhenMessagesAreSpoiltByALossIsNoFailure() throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(
        (rank, message) -> {
          obey(rank, message, Verdict.THREW);
          if (message instanceof Judge) {
            // The lead hears of the loss after the ranks of the call do, and before it is sure.
            ranks.fail(3);
          }
        });
    Order order = again(order("/a", 2), 1, 1, 2);
    calls().launch(order);
    assertThat(cause(order))
        .isInstanceOfSatisfying(
            Cause.NodeLost.class, lost -> assertThat(lost.text()).contains("rank 3 was lost"));
    Order next = order("/wide", 2);
    calls().launch(next);
    assertThat(cause(next)).isInstanceOf(Cause.Interrupted.class);
  }

  @Test
  void whatARankThrowsOfItselfIsAFailureAlsoInAWorldOfJvms() throws IOException {
    open(List.of(1, 2, 3));
    ranks.act((rank, message) -> obey(rank, message, Verdict.THREW));
    Order order = order("/a", 2);
    calls().launch(order);
    assertThat(cause(order)).isInstanceOf(Cause.Thrown.class);
  }

  @Test
  void aCallOfWhichOneRankThrowsHasFailedAlsoIfTheOthersMustBeEndedWithTheirJvms()
      throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin && rank == 2) {
            ranks.end(rank, begin, Verdict.THREW, "boom");
          } else if (message instanceof Begin begin) {
            ranks.say(rank, new Message.Ready(begin.call()));
          } else if (message instanceof End) {
            ranks.fail(rank);
            ranks.lose(rank);
          }
        });
    Order order = again(order("/a", 2), 1, 2, 2);
    calls().launch(order);
    assertThat(cause(order)).isEqualTo(new Cause.Thrown("the call threw boom"));
    assertThat(events.lost(3).ranks()).containsExactly(3);
  }

  @Test
  void theOthersOfACallAreEndedAsSoonAsTheWayToOneIsBroken() throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(this::neverReturn);
    Order order = again(order("/a", 2), 1, 2, 2);
    calls().launch(order);
    ranks.fail(3);
    assertThat(cause(order)).isEqualTo(new Cause.NodeLost("rank 3: its way is broken"));
    assertThat(ranks.sent()).containsSubsequence("2 Interrupt", "2 End");
  }

  @Test
  void aCallOfOneRankGoesOnForAsLongAsItTakesAfterALossElsewhere() throws IOException {
    open(List.of(1, 2, 3));
    ranks.act(this::neverReturn);
    Order two = again(order("/two", 2), 1, 1, 2);
    Order one = again(order("/one", 1), 1, 0, 1);
    calls().launch(one);
    calls().launch(two);
    ranks.lose(3);
    // The one that is bounded has ended by now; so the time of the other one would be over, too.
    assertThat(cause(two)).isInstanceOf(Cause.NodeLost.class);
    assertThat(events.all())
        .filteredOn(event -> event instanceof Ended ended && ended.id().equals(one.id()))
        .isEmpty();
    assertThat(ranks.sent()).doesNotContain("0 Interrupt");
  }

  @Test
  void ranksThatAreNotReadyInTimeAreGivenUp() throws IOException {
    Order order = order("/a", 2);
    calls().launch(order);
    assertThat(cause(order)).isInstanceOf(Cause.NodeLost.class);
    assertThat(events.lost(0).ranks()).containsExactly(0, 1);
  }

  @Test
  void aCommunicatorIsKeptUntilACallFails() throws IOException {
    List<Long> communicators = new CopyOnWriteArrayList<>();
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin && rank == 0) {
            communicators.add(begin.communicator());
          }
          boolean fails = message instanceof Begin begin && begin.spec().trial() == 2 && rank == 1;
          obey(rank, message, fails ? Verdict.THREW : Verdict.RETURNED);
        });
    Order order = order("/a", 2);
    for (int trial = 1; trial <= 3; trial++) {
      Order each = again(order, trial, 0, 2);
      calls().launch(each);
      events.ended(each.id());
    }
    assertThat(communicators).containsExactly(1L, 1L, 2L);
    assertThat(ranks.sent()).contains("0 Drop", "1 Drop");
  }

  @Test
  void aFolderThatIsGoneVanished() throws IOException {
    Order order = order("/a", 1);
    Files.delete(root.resolve("a"));
    calls().launch(order);
    assertThat(cause(order)).isInstanceOf(Cause.Vanished.class);
  }

  @Test
  void earlierOutputIsKept() throws IOException {
    ranks.act((rank, message) -> obey(rank, message, Verdict.RETURNED));
    Order order = order("/a", 1);
    Files.writeString(root.resolve("a/stdout"), "before");
    calls().launch(order);
    events.ended(order.id());
    assertThat(root.resolve("a/stdout.1")).hasContent("before");
  }

  @Test
  void closingEndsAllCallsAndTellsIt() throws IOException {
    open(List.of(2, 3));
    ranks.act(
        (rank, message) -> {
          if (message instanceof Begin begin) {
            ranks.say(rank, new Ready(begin.call()));
          } else if (message instanceof End && rank == 2) {
            ranks.lose(rank);
          }
        });
    Order goesOn = again(order("/thread", 1), 1, 0, 1);
    Order dies = again(order("/jvm", 1), 1, 2, 1);
    Order isDeaf = again(order("/stopped", 1), 1, 3, 1);
    for (Order order : List.of(goesOn, dies, isDeaf)) {
      calls().launch(order);
      events.started(order.id());
    }
    calls().close();
    assertThat(events.all().stream().filter(Ended.class::isInstance)).hasSize(3);
    assertThat(cause(goesOn)).isInstanceOf(Cause.NodeLost.class);
    assertThat(cause(dies)).isInstanceOf(Cause.NodeLost.class);
    assertThat(cause(isDeaf)).isInstanceOf(Cause.NodeLost.class);
    int told = events.all().size();
    ranks.lose(3);
    calls().close();
    assertThat(events.all()).hasSize(told);
  }

  /** Another trial, on some ranks from a first one on. */
  private static Order again(Order order, int trial, int first, int count) {
    return new Order(
        new TrialId(order.id().folder(), trial, 0),
        order.folder(),
        order.step(),
        new Placement(
            List.of(
                new Placement.Share(
                    new Host("node1"), IntStream.range(first, first + count).boxed().toList()))),
        0);
  }
}
