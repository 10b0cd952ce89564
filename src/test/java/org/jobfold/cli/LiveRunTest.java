package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other processes ask of a run that lives: updates, and that it stops. */
@Timeout(300)
class LiveRunTest {
  private static final String IDLE =
      "all done: waiting for 'jobfold update', 'jobfold stop' ends the run\n";
  private static final String BLOCKS = "command: echo > ../began; read x < ../go";

  private Tree tree;

  @SuppressWarnings("NullAway.Init") // each test starts its own
  private Cli.Started run;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory).fifo("began").fifo("go");
  }

  @AfterEach
  void end() {
    if (run != null && ProcessHandle.of(run.pid()).isPresent()) {
      run.signal("KILL");
      run.end();
    }
  }

  @Test
  void threeFoldersAndThreeMoreAreSix() {
    folders("command: 'true'", "a", "b", "c");
    run = jobfold("run", tree.root(), "--keepalive").start().awaitErr(IDLE);
    folders("command: 'true'", "d", "e", "f");
    Cli.Ended update = jobfold("update", tree.root()).run();
    assertThat(update.code()).as(update.err()).isZero();
    assertThat(update.err())
        .isEqualTo(
            "updated: 3 folders added, 0 replaced, 3 left as they are\n  + /d\n  + /e\n  + /f\n");
    run.awaitErr("updated by 'jobfold update' of ").awaitErr(IDLE + "jobfold: updated");
    awaitTimes(2, IDLE);
    Cli.Ended stop = jobfold("stop", tree.root(), "--until-ended").run();
    assertThat(stop.code()).as(stop.err()).isZero();
    assertThat(stop.err())
        .isEqualTo(
            "jobfold: the run stops: 0 folders may come to an end, 0 not started\njobfold: the run has ended\n");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("6 folders: 6 succeeded", "stopped by 'jobfold stop' of ")
        .doesNotContain("incomplete");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void withDeleteoldExactlyTheThreeNewAreLeftAndNoFileIsDeleted() {
    folders("command: echo x > result", "a", "b", "c");
    run = jobfold("run", tree.root(), "--keepalive", "--json").start().awaitErr(IDLE);
    folders("command: 'true'", "d", "e", "f");
    List<String> before = tree.all();
    Cli.Ended update = jobfold("update", tree.root(), "--deleteold").run();
    assertThat(update.code()).isZero();
    assertThat(update.err()).contains("3 folders added, ", "3 dropped\n", "  - /a\n");
    awaitTimes(2, IDLE);
    assertThat(tree.all()).containsAll(before);
    assertThat(jobfold("update", tree.root()).run().err())
        .as("what was forgotten is not new")
        .startsWith("updated: 0 folders added");
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    JsonNode json = run.end().json();
    assertThat(json.get("folders").get("total").asInt()).isEqualTo(3);
    assertThat(json.get("folders").get("succeeded").asInt()).isEqualTo(3);
    assertThat(tree.all()).doesNotContain("a/stdout.1");
  }

  @Test
  void aFailureThatAnUpdateMightDropIsToldAlikeBySummaryStatusAndExitCode() {
    folders("command: 'true'", "a", "b");
    folders("command: exit 3", "bad");
    run = jobfold("run", tree.root(), "--keepalive", "--json").start().awaitErr(IDLE);
    assertThat(jobfold("update", tree.root(), "--deleteold").run().err())
        .contains("2 dropped\n  - /a\n  - /b\n");
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains(
            "; all is done, and it waits for 'jobfold update'\n",
            "  1 folder: 0 succeeded, 1 failed, 0 running, 0 waiting\n");
    JsonNode idle = jobfold("status", tree.root(), "--json").run().json().get("folders");
    folders("command: 'true'", "c");
    assertThat(jobfold("update", tree.root()).run().code()).isZero();
    awaitTimes(2, IDLE);
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("2 folders: 1 succeeded, 1 failed");
    assertThat(idle.get("total").asInt()).isEqualTo(1);
    JsonNode status = jobfold("status", tree.root(), "--json").run().json();
    for (String each : List.of("total", "succeeded", "failed", "waiting")) {
      assertThat(status.get("folders").get(each)).isEqualTo(ended.json().get("folders").get(each));
    }
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out()).contains("/bad: exit");
  }

  @Test
  void whatFailedIsTriedAgainInTheRunThatGoesOn() {
    folders("command: 'true'", "good");
    folders("command: test -e ../fixed", "bad");
    tree.folder("next", "command: 'true'", "depends: ../bad");
    tree.folder("off", "command: 'true'", "tagged: true")
        .folder("after-off", "command: 'true'", "depends: ../off");
    run = jobfold("run", tree.root(), "--keepalive", "--maxtrials", 2).start().awaitErr(IDLE);
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out())
        .contains("in the same run: jobfold update " + tree.root() + " --retry-failed");
    Cli.Ended early = jobfold("update", tree.root(), "--retry-failed").run();
    assertThat(early.err()).contains(", 1 tried again, 1 no longer blocked\n  * /bad\n");
    awaitTimes(2, IDLE);
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("4 folders: 1 succeeded, 1 failed, 2 blocked, 0 running, 0 waiting\n");
    tree.file("fixed", "");
    JsonNode again = jobfold("update", tree.root(), "--retry-failed", "--json").run().json();
    assertThat(again.at("/retried/first/0").asText()).isEqualTo("/bad");
    assertThat(again.at("/unblocked/first/0").asText()).isEqualTo("/next");
    awaitTimes(3, IDLE);
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("4 folders: 3 succeeded, 0 failed, 1 blocked, 0 running, 0 waiting\n");
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    Cli.Ended ended = run.end();
    assertThat(ended.err())
        .contains(
            "updated by 'jobfold update' of ",
            "/bad: trial 4 failed: exit code 1",
            "4 folders: 3 succeeded, 0 failed, 1 blocked");
    assertThat(ended.code()).as("tagged upstream").isEqualTo(1);
  }

  @Test
  void whatIsGoneStaysQueuedUnlessItIsDropped() throws IOException {
    folders(BLOCKS, "a");
    folders("command: 'true'", "b", "c");
    run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    Files.delete(tree.at("c/job.yaml"));
    Cli.Ended update = jobfold("update", tree.root()).run();
    assertThat(update.err())
        .contains(
            "1 waiting folder is not in the tree any more and will be tried all the same:"
                + " '--deleteold' drops it\n  ? /c\n");
    assertThat(jobfold("update", tree.root(), "--deleteold").run().err()).contains("  - /c\n");
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("2 folders: 2 succeeded");
    assertThat(tree.at("c/stdout")).doesNotExist();
  }

  @Test
  void anUpdateWithAMistakeIsRefusedAsAWholeAndTheRunGoesOn() {
    folders(BLOCKS, "a");
    run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    folders("command: 'true'", "good");
    tree.folder("bad", "comand: 'true'").folder("wide", "command: 'true'", "ranks: 2");
    Cli.Ended scan = jobfold("scan", tree.root()).run();
    Cli.Ended update = jobfold("update", tree.root()).run();
    assertThat(update.code()).isEqualTo(2);
    assertThat(update.err())
        .contains(scan.err().lines().filter(l -> l.contains("comand")).toList())
        .contains(
            "folder '/wide': asks for 2 ranks, there is 1",
            "jobfold: the update is refused: the run goes on unchanged\n");
    Cli.Ended json = jobfold("update", tree.root(), "--json").run();
    assertThat(json.json().get("answer").asText()).isEqualTo("refused");
    assertThat(json.json().get("problems")).hasSize(2);
    Documented.in("inbox.md").covers(json.json());
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("1 folder: 1 succeeded", "is refused for 2 problems");
    assertThat(tree.at("good/stdout")).doesNotExist();
  }

  @Test
  void aFolderOfAnUpdateGetsTheRanksThatItAsksFor() {
    folders("command: echo $JOBFOLD_RANKS", "a");
    run =
        jobfold("run", tree.root(), "--keepalive", "--ranks", 4, "--nbpools", 4)
            .start()
            .awaitErr(IDLE);
    assertThat(tree.text("a/stdout")).as("nobody asks: an equal share").isEqualTo("4\n");
    tree.folder("b", "command: echo $JOBFOLD_RANKS", "ranks: 3");
    folders("command: echo $JOBFOLD_RANKS", "c");
    assertThat(jobfold("update", tree.root()).run().code()).isZero();
    awaitTimes(2, IDLE);
    assertThat(tree.text("b/stdout")).isEqualTo("3\n");
    assertThat(tree.text("c/stdout")).isEqualTo("1\n");
  }

  @Test
  void aDrainLetsTrialsEndAndTheRestIsForAResume() {
    folders(BLOCKS, "a");
    folders("command: 'true'", "b");
    run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    Cli.Ended stop = jobfold("stop", tree.root(), "--json").run();
    assertThat(stop.code()).as(stop.err()).isZero();
    assertThat(stop.json().get("running").asInt()).isEqualTo(1);
    assertThat(stop.json().get("waiting").asInt()).isEqualTo(1);
    Documented.in("inbox.md").covers(stop.json());
    Cli.Ended late = jobfold("update", tree.root()).run();
    assertThat(late.code()).isEqualTo(3);
    assertThat(late.err()).contains("the run is being stopped, and starts nothing new");
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err())
        .contains(
            "stopped by 'jobfold stop' of ",
            "nothing new is started, 1 folder that runs comes to its end\n",
            "2 folders: 1 succeeded, 0 failed, 1 not run; ",
            "to go on: jobfold resume " + tree.root());
    assertThat(jobfold("resume", tree.root()).run().code()).isZero();
  }

  @Test
  void nowEndsTheTrialsAndSaysWhoAsked() {
    tree.folder("a", "command: trap '' TERM; echo > ../began; sleep 1000; true");
    run = jobfold("run", tree.root(), "--grace", "200ms", "--json").start();
    tree.await("began", 1);
    Cli.Ended stop = jobfold("stop", tree.root(), "--now", "--until-ended").run();
    assertThat(stop.code()).as(stop.err()).isZero();
    Cli.Ended ended = run.end();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.json().get("interrupted").get("/a").get("text").asText())
        .contains("stopped by 'jobfold stop --now' of " + System.getProperty("user.name") + "@");
    assertThat(run.survivors()).isEmpty();
  }

  @Test
  void whereNothingRunsThatIsSaid() {
    folders("command: 'true'", "a");
    for (String command : List.of("stop", "update")) {
      Cli.Ended none = jobfold(command, tree.root()).run();
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err())
          .isEqualTo(
              "jobfold: no run has the tree '"
                  + tree.root()
                  + "': 'jobfold run' or 'jobfold resume' starts one\n");
    }
    assertThat(tree.at(".jobfold")).doesNotExist();
    folders(BLOCKS, "a");
    run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    run.signal("KILL");
    run.end();
    Cli.Ended stale = jobfold("stop", tree.root(), "--json").run();
    assertThat(stale.code()).isEqualTo(2);
    assertThat(stale.err())
        .contains(
            "no run has the tree '",
            "': that of process " + run.pid() + " on host '",
            "has ended without giving it free");
    assertThat(stale.json().get("answer").asText()).isEqualTo("no-run");
  }

  @Test
  void aRunThatIsKilledWhileItIsAskedIsNoticed() {
    folders(BLOCKS, "a");
    run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    awaitInbox();
    run.signal("STOP");
    Cli.Started asker = jobfold("update", tree.root()).start();
    asker.awaitErr("waiting for the run to answer");
    run.signal("KILL");
    Cli.Ended ended = asker.end();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("the run ended before it answered");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void whatIsNotAnsweredInTimeIsWithdrawnAndNeverObeyed() {
    folders(BLOCKS, "a");
    run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    awaitInbox();
    run.signal("STOP");
    Cli.Ended late = jobfold("stop", tree.root(), "--now", "--wait", "500ms").run();
    assertThat(late.code()).isEqualTo(3);
    assertThat(late.err()).contains("did not answer within 500ms: the request is withdrawn");
    Cli.Started asker = jobfold("stop", tree.root(), "--now").start();
    asker.awaitErr("waiting for the run to answer");
    asker.signal("INT");
    Cli.Ended interrupted = asker.end();
    assertThat(interrupted.code()).isEqualTo(130);
    assertThat(interrupted.err()).contains("the request is withdrawn");
    assertThat(inbox()).isEmpty();
    run.signal("CONT");
    assertThat(jobfold("update", tree.root()).run().code()).as("it lives").isZero();
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void aRequestForAnEarlierRunIsNotObeyedByALaterOne() {
    folders(BLOCKS, "a");
    run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    awaitInbox();
    run.signal("STOP");
    Cli.Started asker = jobfold("stop", tree.root(), "--now").start();
    asker.awaitErr("waiting for the run to answer");
    asker.signal("KILL");
    asker.end();
    run.signal("KILL");
    run.end();
    run.awaitNoSurvivors();
    assertThat(inbox()).singleElement().asString().endsWith(".request.json");
    run = jobfold("resume", tree.root()).start();
    tree.await("began", 1);
    awaitEmptyInbox();
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void severalAskAtOnceAndEachGetsItsAnswer() {
    folders("command: 'true'", "a");
    run = jobfold("run", tree.root(), "--keepalive").start().awaitErr(IDLE);
    folders("command: 'true'", "b");
    List<Cli.Started> askers =
        Stream.generate(() -> jobfold("update", tree.root(), "--json").start()).limit(4).toList();
    int added = 0;
    for (Cli.Started asker : askers) {
      Cli.Ended ended = asker.end();
      assertThat(ended.code()).as(ended.err()).isZero();
      added += ended.json().get("added").get("count").asInt();
    }
    assertThat(added).as("each change is taken up once").isEqualTo(1);
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    assertThat(run.end().code()).isZero();
    assertThat(inbox()).isEmpty();
  }

  @Test
  void foreignAndDamagedFilesAreToldOnceAndLeftAlone() {
    folders("command: 'true'", "a");
    tree.file(".jobfold/inbox/notes.txt", "mine").file(".jobfold/inbox/x.request.json", "{\"for");
    run = jobfold("run", tree.root(), "--keepalive").start();
    run.awaitErr("notes.txt' is not a request: it is ignored, delete it");
    run.awaitErr("x.request.json' is damaged: it is ignored, delete it");
    for (int i = 0; i < 3; i++) {
      assertThat(jobfold("update", tree.root()).run().code()).isZero();
    }
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    Cli.Ended ended = run.end();
    assertThat(ended.err().split("is ignored", -1)).hasSize(3);
    assertThat(inbox()).containsExactly("notes.txt", "x.request.json");
    assertThat(tree.text(".jobfold/inbox/notes.txt")).isEqualTo("mine");
  }

  @Test
  void anEmptyTreeIsKeptAliveAndKeepaliveIsRememberedByResume() {
    run = jobfold("run", tree.root(), "--keepalive", "--ranks", 1).start();
    run.awaitErr("no folder yet; 1 rank of ").awaitErr(IDLE);
    tree.folder("a", "command: exit 3");
    assertThat(jobfold("update", tree.root()).run().code()).isZero();
    run.awaitErr("errors so far: 1 folder\n  /a: exit code 3\n" + IDLE);
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    assertThat(run.end().code()).isEqualTo(1);
    run = jobfold("resume", tree.root()).start().awaitErr(IDLE);
    run.signal("TERM");
    assertThat(run.end().code()).isEqualTo(143);
    assertThat(jobfold("resume", tree.root(), "--no-keepalive").run().code()).isEqualTo(1);
  }

  @Test
  void aWatchedTreeIsADropFolder() throws IOException {
    tree.file("a/in.x", "");
    run =
        jobfold("run", tree.root(), "--keepalive", "--match", "in.*", "--command", "echo ran > out")
            .start()
            .awaitErr(IDLE);
    Cli.Started watch = jobfold("update", tree.root(), "--watch").start();
    watch.awaitErr("jobfold: watching '" + tree.root() + "'\n");
    tree.file("b/in.y", "");
    watch.awaitErr("updated: 1 folder added, 0 replaced, 1 left as they are\n  + /b\n");
    awaitTimes(2, IDLE);
    Files.createDirectories(tree.at("deep/er"));
    tree.file("deep/er/in.z", "").folder("c", "comand: x");
    watch.awaitErr("the update is refused: the run goes on unchanged");
    tree.folder("c", "command: echo c > out");
    watch.awaitErr(
        "updated: 2 folders added, 0 replaced, 2 left as they are\n  + /c\n  + /deep/er\n");
    awaitTimes(3, IDLE);
    assertThat(tree.text("c/out") + tree.text("deep/er/out")).isEqualTo("c\nran\n");
    assertThat(jobfold("stop", tree.root()).run().code()).isZero();
    assertThat(run.end().code()).isZero();
    Cli.Ended ended = watch.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err().split("updated: ", -1)).as("what trials write is no news").hasSize(3);
  }

  @Test
  void everyFieldIsDocumented() throws IOException {
    tree.file("a/in.x", "");
    run =
        jobfold(
                "run",
                tree.root(),
                "--match",
                "in.*",
                "--command",
                "echo > ../began; read x < ../go")
            .start();
    tree.await("began", 1);
    JsonNode updated = jobfold("update", tree.root(), "--json").run().json();
    tree.folder("b", "comand: x");
    JsonNode refused = jobfold("update", tree.root(), "--json").run().json();
    JsonNode stopping = jobfold("stop", tree.root(), "--json").run().json();
    JsonNode over = jobfold("update", tree.root(), "--json").run().json();
    run.signal("STOP");
    Cli.Started asker = jobfold("stop", tree.root()).start();
    Cli.Started other = jobfold("update", tree.root()).start();
    await(() -> inbox().stream().filter(name -> name.endsWith(".request.json")).count() == 2);
    JsonNode[] requests =
        inbox().stream()
            .map(name -> new Cli.Ended(0, tree.text(".jobfold/inbox/" + name), "").json())
            .toArray(JsonNode[]::new);
    run.signal("CONT");
    assertThat(asker.end().code()).isZero();
    assertThat(other.end().code()).isEqualTo(3);
    tree.release("go");
    assertThat(run.end().code()).isZero();
    Documented.in("inbox.md").isWholeIn(updated, refused, stopping, over, requests[0], requests[1]);
  }

  private void folders(String command, String... names) {
    for (String name : names) {
      tree.folder(name, command);
    }
  }

  /** Waits until the run has said something so many times. */
  private void awaitTimes(int count, String text) {
    await(() -> run.saidOnErr().split(text, -1).length > count);
  }

  private void awaitInbox() {
    await(() -> Files.isDirectory(tree.at(".jobfold/inbox")));
  }

  private void awaitEmptyInbox() {
    await(() -> inbox().isEmpty());
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private List<String> inbox() {
    try (Stream<Path> files = Files.list(tree.at(".jobfold/inbox"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
