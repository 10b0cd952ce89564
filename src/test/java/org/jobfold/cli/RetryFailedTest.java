package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What failed for good has all its trials once more, whatever becomes of the run. */
@Timeout(300)
class RetryFailedTest {
  /** Each trial leaves its number; with {@code hold} it goes on until it is killed. */
  private static final String FAILS =
      "command: echo $JOBFOLD_TRIAL >> trials; test -e ../hold || exit 3; echo > ../began; sleep 1000; true";

  private static final List<String> THREE = List.of("a", "b", "c");

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory).fifo("began");
    THREE.forEach(name -> tree.folder(name, FAILS, "maxtrials: 2"));
  }

  @Test
  void aResumeThatIsKilledHasGivenThemTheirTrialsAllTheSame() {
    tree.folder("after-c", "command: 'true'", "depends: [../c]");
    assertThat(jobfold("run", tree.root(), "--ranks", 1).run().code()).isEqualTo(1);
    tree.file("hold", "");
    Cli.Started resume = jobfold("resume", tree.root(), "--retry-failed").start();
    tree.await("began", 1);
    kill(resume);
    assertThat(resume.saidOnErr())
        .contains("3 folders that had failed have all their trials once more\n")
        .doesNotContain("done before");
    JsonNode folders = jobfold("status", tree.root(), "--json").run().json().get("folders");
    assertThat(folders.get("failed").asInt()).isZero();
    assertThat(folders.get("blocked").asInt()).isZero();
    assertThat(folders.get("total").asInt()).isEqualTo(4);
    assertThat(InProcess.jobfold("errors", tree.root().toString()).out()).doesNotContain("exit");

    Cli.Ended ended = goOn();
    assertThat(tree.text("a/trials")).as("was killed in trial 3").isEqualTo("1\n2\n3\n3\n4\n");
    assertThat(tree.text("b/trials")).isEqualTo("1\n2\n3\n4\n");
    assertThat(tree.text("c/trials")).isEqualTo("1\n2\n3\n4\n");
    assertThat(ended.err())
        .contains("4 folders: 0 succeeded, 3 failed, 1 blocked, 3 trials repeat");
    assertThat(ended.json().at("/errors/~1a/trials").asInt()).isEqualTo(4);
  }

  @Test
  void anUpdateThatWasAnsweredHasGivenThemTheirTrialsAlsoIfTheRunIsKilled() {
    Cli.Started run =
        jobfold("run", tree.root(), "--ranks", 1, "--keepalive")
            .start()
            .awaitErr("all done: waiting for 'jobfold update'");
    tree.file("hold", "");
    assertThat(jobfold("update", tree.root(), "--retry-failed").run().err())
        .contains(", 3 tried again");
    tree.await("began", 1);
    kill(run);
    goOn("--no-keepalive");
    assertThat(tree.text("a/trials")).isEqualTo("1\n2\n3\n3\n4\n");
    assertThat(tree.text("b/trials")).isEqualTo("1\n2\n3\n4\n");
    assertThat(tree.text("c/trials")).isEqualTo("1\n2\n3\n4\n");
  }

  @Test
  void aKillAfterOneOfTheNewTrialsLeavesTheOthers() {
    assertThat(jobfold("run", tree.root(), "--ranks", 1).run().code()).isEqualTo(1);
    tree.folder("a", "command: echo $JOBFOLD_TRIAL >> trials; exit 3", "maxtrials: 2");
    tree.folder(
        "b",
        "command: |",
        "  echo $JOBFOLD_TRIAL >> trials",
        "  test -e ../hold -a $JOBFOLD_TRIAL = 4 || exit 3",
        "  echo > ../began; sleep 1000; true",
        "maxtrials: 2");
    tree.file("hold", "");
    Cli.Started resume = jobfold("resume", tree.root(), "--retry-failed").start();
    tree.await("began", 1);
    kill(resume);
    goOn();
    assertThat(tree.text("a/trials")).as("failed for good again").isEqualTo("1\n2\n3\n4\n");
    assertThat(tree.text("b/trials")).isEqualTo("1\n2\n3\n4\n4\n");
    assertThat(tree.text("c/trials")).isEqualTo("1\n2\n3\n4\n");
  }

  @Test
  void aResumeSaysWhatHadFailedAndHowToTryItAgain() {
    tree.folder("good", "command: 'true'");
    tree.folder("after-c", "command: 'true'", "depends: [../c]");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    tree.folder("new", "command: 'true'");
    assertThat(jobfold("resume", tree.root()).run().err())
        .contains(
            "4 folders done before, 3 of them failed ('--retry-failed' tries them again), 1 blocked, 1 left\n");
    THREE.forEach(name -> tree.folder(name, "command: 'true'", "maxtrials: 2"));
    Cli.Ended mended = jobfold("resume", tree.root(), "--retry-failed").run();
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(mended.err())
        .contains("2 folders done before, 4 left\n", "6 folders: 6 succeeded, 0 failed; ");
  }

  private void kill(Cli.Started run) {
    run.signal("KILL");
    assertThat(run.end().code()).isEqualTo(137);
    run.awaitNoSurvivors();
    assertThat(tree.at("hold").toFile().delete()).isTrue();
  }

  private Cli.Ended goOn(String... options) {
    Cli.Ended ended =
        jobfold(
                Stream.concat(Stream.of("resume", tree.root(), "--json"), Stream.of(options))
                    .toArray())
            .run();
    assertThat(ended.code()).as(ended.err()).isEqualTo(1);
    return ended;
  }
}
