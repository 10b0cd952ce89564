package org.jobfold.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jobfold.folder.Command;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.spi.SessionEvent.Started;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link Session} MUST do, tried with real processes. */
@Timeout(120)
public abstract class SessionContract extends OpenSession {
  @Test
  void postsOneStartAndThenOneEnd() throws IOException {
    Order order = inFolder(Orders.shell("/a", "echo hello"));
    session.launch(order);
    Ended ended = events.ended(order.id());
    session.close();

    assertThat(events.all()).hasSize(2).last().isEqualTo(ended);
    assertThat(events.all().get(0)).isInstanceOf(Started.class);
    assertThat(((Started) events.all().get(0)).pid()).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(ended.outcome()).isEqualTo(Outcome.success());
    assertThat(ended.usage().elapsed()).isPositive();
    assertThat(root.resolve("a").resolve(ended.stdout())).hasContent("hello");
    assertThat(root.resolve("a").resolve(ended.stderr())).isEmptyFile();
    assertThat(ended.tail()).isEmpty();
  }

  @Test
  void runsInTheFolderAlsoInTheRoot() throws IOException {
    Order order = inFolder(Orders.shell("/", "pwd -P"));
    session.launch(order);
    assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
    assertThat(root.resolve("stdout")).hasContent(root.toRealPath().toString());
  }

  @Test
  void aProgramThatIsNotThereEndsWithoutAStart() throws IOException {
    Order order =
        inFolder(
            Orders.of(
                JobFolder.of(
                    "/a",
                    new Functional.Program(new Command.Exec(List.of("no-such-program"))),
                    Settings.DEFAULT)));
    session.launch(order);
    Ended ended = events.ended(order.id());
    session.close();
    assertThat(events.all()).containsExactly(ended);
    assertThat(cause(ended)).isInstanceOf(Cause.LaunchError.class);
    assertThat(cause(ended).text()).contains("no-such-program");
  }

  @Test
  void aFolderThatIsGoneVanishedAndIsNotMade() {
    Order order = Orders.shell("/gone", "true");
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(cause(ended)).isInstanceOf(Cause.Vanished.class);
    assertThat(ended.stdout()).isEmpty();
    assertThat(root.resolve("gone")).doesNotExist();
  }

  @Test
  void aFailureSaysItsCodeAndItsLastLines() throws IOException {
    Order order = inFolder(Orders.shell("/a", "echo first; echo why >&2; exit 3"));
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(cause(ended)).isEqualTo(new Cause.ExitCode(3));
    assertThat(ended.tail()).containsExactly("why");
    assertThat(ended.tailOf()).isEqualTo("stderr");
  }

  @Test
  void aSignalIsACause() throws IOException {
    Order order = inFolder(Orders.shell("/a", "kill -9 $$"));
    session.launch(order);
    assertThat(cause(events.ended(order.id()))).isEqualTo(new Cause.Signal(9));
  }

  @Test
  void theSuccessCheckOfTheFolderJudges() throws IOException {
    SuccessCheck check =
        new SuccessCheck(
            Set.of(), Optional.of(new SuccessCheck.FilePattern("log", Optional.of("^Total"))));
    Settings settings = Settings.DEFAULT.withSuccess(check);
    Order good = inFolder(Orders.shell("/good", "echo Total: 1 > log; exit 4", settings));
    Order bad = inFolder(Orders.shell("/bad", "echo 'no Total' > log", settings));
    session.launch(good);
    session.launch(bad);
    assertThat(events.ended(good.id()).outcome()).isEqualTo(Outcome.success());
    assertThat(cause(events.ended(bad.id()))).isInstanceOf(Cause.SuccessCheck.class);
  }

  @Test
  void terminateAsks() throws IOException {
    Order order =
        inFolder(Orders.shell("/a", "trap 'echo tidy; exit 5' TERM; echo > ready; read x < never"));
    Fifo ready = Fifo.in(root.resolve("a"), "ready");
    Fifo.in(root.resolve("a"), "never");
    session.launch(order);
    ready.await();
    session.end(order.id(), Force.TERMINATE);
    assertThat(cause(events.ended(order.id()))).isEqualTo(new Cause.ExitCode(5));
    assertThat(root.resolve("a/stdout")).hasContent("tidy");
  }

  @Test
  void aSignalArrives() throws IOException {
    Order order =
        inFolder(Orders.shell("/a", "trap 'echo told; exit 6' USR1; echo > ready; read x < never"));
    Fifo ready = Fifo.in(root.resolve("a"), "ready");
    Fifo.in(root.resolve("a"), "never");
    session.launch(order);
    events.started(order.id());
    ready.await();
    session.signal(order.id(), 10);
    assertThat(cause(events.ended(order.id()))).isEqualTo(new Cause.ExitCode(6));
    assertThat(root.resolve("a/stdout")).hasContent("told");
  }

  @Test
  void killForces() throws IOException {
    Order order = inFolder(Orders.shell("/a", "trap '' TERM; echo > ready; read x < never"));
    Fifo ready = Fifo.in(root.resolve("a"), "ready");
    Fifo.in(root.resolve("a"), "never");
    session.launch(order);
    ready.await();
    session.end(order.id(), Force.TERMINATE);
    session.end(order.id(), Force.KILL);
    assertThat(cause(events.ended(order.id()))).isEqualTo(new Cause.Signal(9));
  }

  @Test
  void anEndRightAfterTheLaunchIsNotLost() throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Order order = inFolder(Orders.shell("/f" + i, "exec sleep 1000"));
      orders.add(order);
      session.launch(order);
      session.end(order.id(), Force.TERMINATE);
    }
    for (Order order : orders) {
      assertThat(cause(events.ended(order.id())))
          .isInstanceOfAny(Cause.Signal.class, Cause.Interrupted.class);
    }
  }

  @Test
  void noDescendantOutlivesTheEnd() throws IOException {
    Order order =
        inFolder(
            Orders.shell(
                "/a",
                "sleep 1000 & echo $!; setsid sh -c 'echo $$; echo > ready; exec sleep 1000' & read x < ready"));
    Fifo.in(root.resolve("a"), "ready");
    session.launch(order);
    assertThat(events.ended(order.id()).outcome()).isEqualTo(Outcome.success());
    assertThat(Files.readAllLines(root.resolve("a/stdout")))
        .hasSize(2)
        .allSatisfy(pid -> assertThat(runs(Long.parseLong(pid))).isFalse());
  }

  @Test
  void theOutputOfEarlierTrialsIsKept() throws IOException {
    for (int trial = 1; trial <= 3; trial++) {
      JobFolder folder = JobFolder.shell("/a", "echo $JOBFOLD_TRIAL; echo e$JOBFOLD_TRIAL >&2");
      Order order = inFolder(Orders.of(folder, trial));
      session.launch(order);
      assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
    }
    assertThat(root.resolve("a/stdout")).hasContent("3");
    assertThat(root.resolve("a/stdout.1")).hasContent("1");
    assertThat(root.resolve("a/stdout.2")).hasContent("2");
    assertThat(root.resolve("a/stderr.2")).hasContent("e2");
  }

  @Test
  void endingWhatEndedOrNeverWasIsDone() throws IOException {
    Order order = inFolder(Orders.shell("/a", "true"));
    session.launch(order);
    Ended ended = events.ended(order.id());
    session.end(order.id(), Force.KILL);
    session.end(new TrialId(order.folder().name(), 7, 0), Force.KILL);
    session.signal(order.id(), 10);
    session.signal(new TrialId(order.folder().name(), 7, 0), 10);
    session.close();
    assertThat(events.all()).hasSize(2).endsWith(ended);
  }

  @Test
  void launchReturnsWhileTheStartIsStuck() throws IOException {
    Order stuck =
        inFolder(
            Orders.shell(
                "/a", "cat", Settings.DEFAULT.withStreams(Optional.of("in"), "stdout", "stderr")));
    Order other = inFolder(Orders.shell("/b", "true"));
    Fifo in = Fifo.in(root.resolve("a"), "in");
    session.launch(stuck);
    session.launch(other);
    assertThat(events.ended(other.id()).outcome().succeeded()).isTrue();
    in.write("late");
    assertThat(events.ended(stuck.id()).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).hasContent("late");
  }

  @Test
  void closeEndsAllAndIsThenSilent() throws IOException {
    List<Order> orders = new ArrayList<>();
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Order order = inFolder(Orders.shell("/f" + i, "trap '' TERM; sleep 1000; sleep 1000"));
      orders.add(order);
      session.launch(order);
    }
    for (Order order : orders) {
      pids.add(events.started(order.id()).pid());
    }
    session.close();
    assertThat(events.all()).hasSize(10);
    assertThat(orders)
        .allSatisfy(o -> assertThat(cause(events.ended(o.id()))).isEqualTo(new Cause.Signal(9)));
    assertThat(pids).allSatisfy(pid -> assertThat(runs(pid)).isFalse());
    session.close();
  }

  @Test
  void everyOneOfManyEndsOnce() throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      orders.add(inFolder(Orders.shell("/f" + i, "exit " + i % 2)));
    }
    orders.forEach(session::launch);
    orders.forEach(o -> events.ended(o.id()));
    session.close();
    assertThat(events.all().stream().filter(Ended.class::isInstance)).hasSize(100);
    assertThat(events.all().stream().filter(Started.class::isInstance)).hasSize(100);
    assertThat(events.all()).allMatch(SessionEvent.OfProcess.class::isInstance);
  }

  /** The order, whose folder is now there. */
  private Order inFolder(Order order) throws IOException {
    Files.createDirectories(root.resolve(order.folder().name().relative()));
    return order;
  }

  private static Cause cause(Ended ended) {
    return ended.outcome().cause().orElseThrow();
  }

  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }
}
