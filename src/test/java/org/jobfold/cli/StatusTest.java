package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold status}: runs that go on, have ended, were killed, or never were. */
@Timeout(240)
class StatusTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Test
  void aTreeThatWasNotRunSaysSoAndStaysAsItIs() {
    tree.folder("a", "command: 'true'");
    List<String> before = tree.all();
    InProcess status = InProcess.jobfold("status", tree.root().toString());
    assertThat(status.code()).isZero();
    assertThat(status.out()).isEqualTo(tree.root() + ": it has not been run\n");
    JsonNode json = json("status", tree.root(), "--json");
    assertThat(json.get("state").asText()).isEqualTo("never");
    assertThat(InProcess.jobfold("status", tree.root().toString(), "--watch").code()).isEqualTo(2);
    assertThat(tree.all()).isEqualTo(before);
    Documented.in("status-json.md").covers(json);
  }

  @Test
  void aPartOfATreeThatWasRunNamesThatTree() {
    tree.folder("part/a", "command: 'true'");
    jobfold("run", tree.root()).run();
    assertThat(InProcess.jobfold("status", tree.at("part").toString()).out())
        .contains("it has not been run; '" + tree.root() + "', which it is a part of, has");
  }

  @Test
  void aRunThatGoesOnIsShownFromOutsideAndNotDisturbed() throws IOException {
    tree.folder("a-done", "command: 'true'")
        .folder("b-bad", "command: exit 7")
        .folder("c", "command: echo > ../began; read x < ../go", "gpus: 1")
        .folder("d", "command: 'true'")
        .folder("next", "command: 'true'", "depends: ../b-bad")
        .fifo("began")
        .fifo("go");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1, "--gpus", "3,").start();
    tree.await("began", 1);
    while (!Files.exists(tree.at(".jobfold/inbox"))) {
      Thread.onSpinWait();
    }
    List<String> before = tree.all();
    FileTime touched = Files.getLastModifiedTime(tree.at(".jobfold"));
    Cli.Ended status = jobfold("status", tree.root()).run();
    assertThat(status.code()).isZero();
    assertThat(status.err()).isEmpty();
    assertThat(status.out())
        .startsWith(tree.root() + ": running as process " + run.pid() + " on host '")
        .contains(
            ", on 1 rank\n  5 folders: 1 succeeded, 1 failed, 1 blocked, 1 running, 1 waiting\n",
            "\nblocked: 1 folder not run, because of folders upstream\n  1 by /b-bad: /next\n",
            "\nrunning, the longest first:\n  /c: trial 1, for ",
            "\nfailed:\n  1 × exit code 7\n  to see why: jobfold errors " + tree.root() + "\n",
            "\n(from the journal '" + tree.at(".jobfold/journal.1.jsonl") + "')\n")
        .doesNotContain("to go on");
    JsonNode json = json("status", tree.root(), "--json");
    assertThat(json.get("state").asText()).isEqualTo("running");
    assertThat(json.at("/folders/waiting").asInt()).isEqualTo(1);
    assertThat(json.at("/running/0/folder").asText()).isEqualTo("/c");
    assertThat(json.at("/running/0/hosts/0/ranks/0").asInt()).isZero();
    assertThat(json.at("/running/0/hosts/0/gpus/0").asText()).isEqualTo("3");
    assertThat(json.at("/holder/life").asText()).isEqualTo("alive");
    assertThat(json.at("/causes/0/cause").asText()).isEqualTo("exit");
    assertThat(json.has("rest")).isTrue();
    assertThat(tree.all()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(tree.at(".jobfold"))).isEqualTo(touched);
    tree.release("go");
    assertThat(run.end().code()).isEqualTo(1);
    JsonNode ended = damaged();
    Documented.in("status-json.md").isWholeIn(json, ended, LostHostsTest.statusJson());
  }

  /** The same run after its end, with a line of its journal damaged. */
  private JsonNode damaged() throws IOException {
    Path journal = tree.at(".jobfold/journal.1.jsonl");
    List<String> lines = Files.readAllLines(journal);
    lines.replaceAll(
        line ->
            line.contains("\"/d\"") && line.contains("order") ? line.replace("/d", "/x") : line);
    Files.write(journal, lines);
    Files.writeString(journal, "{\"at\":\"2026", StandardOpenOption.APPEND);
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("complete, with failures, ended ", "damaged: 1 line of the journal", "line ");
    return json("status", tree.root(), "--json");
  }

  @Test
  void aFolderThatIsGoneOrTaggedWhenARunGoesOnIsInNoNumberOfIt() throws IOException {
    tree.folder("a", "command: 'true'")
        .folder("bad", "command: exit 7")
        .folder("off", "command: exit 8");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    Files.delete(tree.at("bad/job.yaml"));
    assertThat(jobfold("tag", tree.root(), "/off").run().code()).isZero();
    Cli.Ended resumed = jobfold("resume", tree.root()).run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("1 folder: 1 succeeded, 0 failed");
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains(": complete, ended ", "  1 folder: 1 succeeded, 0 failed\n")
        .doesNotContain("exit code");
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out())
        .contains("no folder has failed for good");
  }

  @Test
  void aRunThatWasKilledSaysHowToGoOn() {
    tree.folder("a", "command: 'true'").folder("b", "command: echo > ../began; sleep 1000; true");
    tree.fifo("began");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    run.signal("KILL");
    run.end();
    run.awaitNoSurvivors();
    List<String> before = tree.all();
    InProcess status = InProcess.jobfold("status", tree.root().toString());
    assertThat(status.code()).isZero();
    assertThat(status.out())
        .contains(
            "killed: process " + run.pid() + " on host '",
            " has ended without a word, last heard of ",
            "1 succeeded, 0 failed, 1 were running, 0 waiting",
            "were running when it ended:\n  /b: trial 1, since ",
            "to go on: jobfold resume " + tree.root());
    assertThat(json("status", tree.root(), "--json").get("state").asText()).isEqualTo("killed");
    InProcess watch = InProcess.jobfold("status", tree.root().toString(), "--watch");
    assertThat(watch.code()).isEqualTo(3);
    assertThat(tree.all()).isEqualTo(before);
  }

  @Test
  void aRunThatWasStoppedIsIncomplete() {
    tree.folder("a", "command: echo > ../began; sleep 1000; true").folder("b", "command: 'true'");
    tree.fifo("began");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    run.signal("TERM");
    run.end();
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("incomplete, stopped before all was done, ended ", "2 left", "to go on: jobfold");
    tree.folder("a", "command: 'true'");
    jobfold("resume", tree.root()).run();
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains(": complete, ended ", "2 folders: 2 succeeded, 0 failed\n")
        .doesNotContain("to go on", "running");
  }

  @Test
  void aRunOnAnotherHostLivesForAsLongAsItRenewsItsLock() throws IOException {
    tree.folder("a", "command: 'true'");
    jobfold("run", tree.root()).run();
    String lock =
        Files.readString(Path.of("src/test/resources/lock/renewed-once.json"))
            .replace("2026-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
    tree.file(".jobfold/lock", lock);
    JsonNode live = json("status", tree.root(), "--json");
    assertThat(live.get("state").asText()).isEqualTo("running");
    assertThat(live.get("beginning").asBoolean()).isTrue();
    assertThat(live.at("/holder/host").asText()).isEqualTo("node7");
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("a run is beginning as process 4711 on host 'node7'", "of the run before:");
    drop("\"over\"");
    Files.setLastModifiedTime(
        tree.at(".jobfold/lock"), FileTime.from(Instant.now().minusSeconds(90)));
    assertThat(InProcess.jobfold("status", tree.root().toString()).out())
        .contains("killed: process 4711 on host 'node7' does not renew its lock any more");
    assertThat(Files.readString(tree.at(".jobfold/lock"))).isEqualTo(lock);
  }

  @Test
  void watchesARunToItsEnd() {
    tree.folder("a", "command: echo > ../began; read x < ../go").folder("b", "command: exit 3");
    tree.fifo("began").fifo("go");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    Cli.Started watch = jobfold("status", tree.root(), "--watch", "--every", "100ms").start();
    Cli.Started lines =
        jobfold("status", tree.root(), "--watch", "--every", "100ms", "--json").start();
    watch.awaitErr("running: 2 folders: 0 succeeded, 0 failed, 1 running, 1 waiting\n");
    lines.awaitOut("\"state\":\"running\"");
    tree.release("go");
    run.end();
    Cli.Ended seen = watch.end();
    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out()).contains("complete, with failures, ended ");
    assertThat(seen.err()).contains("complete: 2 folders: 1 succeeded, 1 failed\n");
    assertThat(seen.err().lines()).doesNotHaveDuplicates();
    Cli.Ended documents = lines.end();
    assertThat(documents.code()).isEqualTo(1);
    assertThat(documents.err()).isEmpty();
    assertThat(documents.out().lines())
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(line -> line.startsWith("{\"format\":1,") && line.endsWith("}"))
        .last()
        .asString()
        .contains("\"state\":\"complete\"");
  }

  @Test
  void aWatchThatIsEndedDoesNotEndTheRun() {
    tree.folder("a", "command: echo > ../began; read x < ../go").fifo("began").fifo("go");
    Cli.Started run = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    Cli.Started watch = jobfold("status", tree.root(), "--watch").start();
    watch.awaitErr("1 running");
    watch.signal("INT");
    Cli.Ended ended = watch.end();
    assertThat(ended.code()).isEqualTo(130);
    assertThat(ended.err()).hasLineCount(1);
    tree.release("go");
    assertThat(run.end().code()).isZero();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    String root = tree.root().toString();
    assertThat(InProcess.jobfold("status", root, "--every", "1s").err()).contains("--watch");
    assertThat(InProcess.jobfold("status", root, "--watch", "--every", "1ms").err())
        .contains("too short");
  }

  private static JsonNode json(Object... arguments) {
    String[] words = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    InProcess ended = InProcess.jobfold(words);
    return new Cli.Ended(ended.code(), ended.out(), ended.err()).json();
  }

  private void drop(String event) throws IOException {
    Path journal = tree.at(".jobfold/journal.1.jsonl");
    List<String> lines = Files.readAllLines(journal);
    lines.removeIf(line -> line.contains(event));
    Files.write(journal, lines);
  }
}
