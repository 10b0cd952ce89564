package org.jobfold.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.spi.SessionEvent.Started;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;

/** What a {@link Session} MUST do with calls, wherever it makes them. */
@Timeout(120)
public abstract class CallContract extends OpenSession {
  /** A class that does what {@link CallWays} say. */
  protected abstract Class<?> type();

  /** The settings of a folder with such a call. */
  protected abstract Settings settings();

  /** In how many ranks it is called. */
  protected abstract int ranks();

  @Test
  void postsOneStartAndThenOneEnd() throws IOException {
    Order order = order("/a", "print");
    session.launch(order);
    Ended ended = events.ended(order.id());
    session.close();
    assertThat(ended.outcome()).isEqualTo(Outcome.success());
    assertThat(events.all()).hasSize(2).last().isEqualTo(ended);
    assertThat(events.all().get(0)).isInstanceOf(Started.class);
    assertThat(ended.usage().elapsed()).isPositive();
    assertThat(root.resolve("a").resolve(ended.stdout())).hasContent("hello 1");
    assertThat(root.resolve("a").resolve(ended.stderr())).isEmptyFile();
    assertThat(ended.tail()).isEmpty();
  }

  @Test
  void whatItThrowsIsInTheLastLines() throws IOException {
    Order order = order("/a", "throw");
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(ended.outcome().succeeded()).isFalse();
    assertThat(ended.tail()).last().asString().contains("told to fail");
    assertThat(ended.tailOf()).isEqualTo("stderr");
  }

  @Test
  void aClassThatIsNotThereIsNamed() throws IOException {
    Order order = order("/a", 1, "no.SuchCall", settings());
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(ended.outcome().succeeded()).isFalse();
    assertThat(ended.tail()).last().asString().contains("class 'no.SuchCall' was not found");
  }

  @Test
  void aFolderThatIsGoneVanishedAndIsNotMade() throws IOException {
    Order order = order("/gone", "print");
    Files.delete(root.resolve("gone"));
    session.launch(order);
    assertThat(cause(events.ended(order.id()))).isInstanceOf(Cause.Vanished.class);
    assertThat(root.resolve("gone")).doesNotExist();
  }

  @Test
  void itsFilesJudge() throws IOException {
    Order good = order("/good", "file", Map.of("text", "good"));
    Order bad = order("/bad", "file", Map.of("text", "bad"));
    session.launch(good);
    Ended one = events.ended(good.id());
    session.launch(bad);
    assertThat(one.outcome()).isEqualTo(Outcome.success());
    assertThat(events.ended(bad.id()).outcome().succeeded()).isFalse();
  }

  @Test
  void theEnvironmentOfTheFolderIsThere() throws IOException {
    String names =
        "GREETING JOBFOLD_FOLDER JOBFOLD_TRIAL JOBFOLD_RANKS JOBFOLD_ROOT JOBFOLD_SLOT"
            + " JOBFOLD_PARAM_WAY HOME JOBFOLD_STEP OMP_NUM_THREADS";
    Settings settings =
        settings()
            .edit()
            .threads(2)
            .env(Map.of("GREETING", "good day", "JOBFOLD_TRIAL", "no"))
            .build();
    Order order = order("/a", 3, Map.of("way", "environment", "names", names), settings);
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(ended.outcome()).as("%s", ended).isEqualTo(Outcome.success());
    assertThat(Files.readAllLines(root.resolve("a/stdout")))
        .containsExactly(
            "GREETING=good day",
            "JOBFOLD_FOLDER=/a",
            "JOBFOLD_TRIAL=3",
            "JOBFOLD_RANKS=" + ranks(),
            "JOBFOLD_ROOT=" + root,
            "JOBFOLD_SLOT=0",
            "JOBFOLD_PARAM_WAY=environment",
            "HOME=" + System.getenv("HOME"),
            "JOBFOLD_STEP=null",
            "OMP_NUM_THREADS=2");
  }

  @Test
  void paramsThatWouldBeOneVariableAreRefused() throws IOException {
    Order order = order("/a", "print", Map.of("a.b", "1", "a-b", "2"));
    session.launch(order);
    Cause cause = cause(events.ended(order.id()));
    assertThat(cause).isInstanceOf(Cause.LaunchError.class);
    assertThat(cause.text()).contains("'JOBFOLD_PARAM_A_B'");
  }

  @Test
  void aSignalArrives() throws IOException {
    Order order = order("/a", "signal");
    session.launch(order);
    events.started(order.id());
    until(() -> Files.exists(root.resolve("a/ready")));
    session.signal(order.id(), 10);
    assertThat(events.ended(order.id()).outcome()).isEqualTo(Outcome.success());
    assertThat(root.resolve("a/stdout")).hasContent("told 10");
  }

  @Test
  void itsProcessorTimeIsThatOfAllRanks() throws IOException {
    Order order = order("/a", "work");
    session.launch(order);
    Ended ended = events.ended(order.id());
    assertThat(ended.outcome()).isEqualTo(Outcome.success());
    // A JVM of its own does it once, whatever ranks it has.
    assertThat(ended.usage().cpu())
        .isGreaterThanOrEqualTo(
            Duration.ofNanos(CallWays.WORK).multipliedBy(settings().mpi() ? ranks() : 1));
    assertThat(ended.usage().user()).isPositive();
  }

  @Test
  void terminateAsks() throws IOException {
    Order order = order("/a", "wait");
    session.launch(order);
    until(() -> Files.exists(root.resolve("a/ready")));
    session.end(order.id(), Force.TERMINATE);
    assertThat(events.ended(order.id()).outcome().succeeded()).isFalse();
  }

  @Test
  void killEnds() throws IOException {
    Order order = order("/a", "wait");
    session.launch(order);
    until(() -> Files.exists(root.resolve("a/ready")));
    session.end(order.id(), Force.KILL);
    assertThat(events.ended(order.id()).outcome().succeeded()).isFalse();
  }

  @Test
  void anEndRightAfterTheLaunchIsNotLost() throws IOException {
    for (int i = 0; i < 5; i++) {
      Order order = order("/f" + i, "wait");
      session.launch(order);
      session.end(order.id(), Force.TERMINATE);
      assertThat(events.ended(order.id()).outcome().succeeded()).isFalse();
    }
  }

  @Test
  void theOutputOfEarlierTrialsIsKept() throws IOException {
    for (int trial = 1; trial <= 3; trial++) {
      Order order = order("/a", trial, Map.of("way", "print"), settings());
      session.launch(order);
      assertThat(events.ended(order.id()).outcome().succeeded()).isTrue();
    }
    assertThat(root.resolve("a/stdout")).hasContent("hello 3");
    assertThat(root.resolve("a/stdout.1")).hasContent("hello 1");
    assertThat(root.resolve("a/stdout.2")).hasContent("hello 2");
  }

  @Test
  void endingWhatEndedOrNeverWasIsDone() throws IOException {
    Order order = order("/a", "print");
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
  void closeEndsAllAndIsThenSilent() throws IOException {
    Order order = order("/a", "wait");
    session.launch(order);
    events.started(order.id());
    until(() -> Files.exists(root.resolve("a/ready")));
    session.close();
    assertThat(events.all()).hasSize(2).last().isInstanceOf(Ended.class);
    assertThat(events.ended(order.id()).outcome().succeeded()).isFalse();
    session.close();
    assertThat(events.all()).hasSize(2);
  }

  @Test
  void everyOneOfManyEndsOnce() throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      orders.add(order("/f" + i, i % 2 == 0 ? "print" : "throw"));
    }
    for (Order order : orders) {
      session.launch(order);
      events.ended(order.id());
    }
    session.close();
    assertThat(events.all().stream().filter(Ended.class::isInstance)).hasSize(10);
    assertThat(events.all().stream().filter(Started.class::isInstance)).hasSize(10);
  }

  private Order order(String name, String way) throws IOException {
    return order(name, way, Map.of());
  }

  private Order order(String name, String way, Map<String, String> params) throws IOException {
    Map<String, String> all = new TreeMap<>(params);
    all.put("way", way);
    return order(name, 1, all, settings());
  }

  private Order order(String name, int trial, Map<String, String> params, Settings settings)
      throws IOException {
    return order(name, trial, type().getName(), settings.overriddenBy(params));
  }

  private Order order(String name, int trial, String className, Settings settings)
      throws IOException {
    Files.createDirectories(root.resolve(name.substring(1)));
    JobFolder folder =
        JobFolder.of(name, new Functional.Call(className, classes(), List.of()), settings);
    return new Order(
        new TrialId(folder.name(), trial, 0),
        folder,
        folder.functional().asSteps().get(0),
        Orders.ranks("node1", ranks()),
        0);
  }

  /** Where the call is, and what it needs beside the JDK. */
  private List<String> classes() {
    return Stream.of(type(), Logger.class)
        .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
        .map(place -> Path.of(URI.create(place.toString())).toString())
        .toList();
  }

  private static Cause cause(Ended ended) {
    return ended.outcome().cause().orElseThrow();
  }

  private static void until(BooleanSupplier condition) {
    for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        !condition.getAsBoolean(); ) {
      assertThat(System.nanoTime() - end).as("time to wait").isNegative();
      try {
        TimeUnit.MILLISECONDS.sleep(5);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
