package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold run}: what it says, writes and returns. */
@Timeout(240)
class RunTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Test
  void saysWhatItRunsAndWhatCameOfIt() {
    tree.folder("a", "command: echo hello")
        .folder("b", "command: echo hello")
        .folder("c/d", "command: 'true'");
    Cli.Ended ended = jobfold("run", tree.root(), "--ranks", 2).run();
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .matches(
            """
            3 folders on 2 ranks of \\S+, up to 2 at a time
            3 folders: 3 succeeded, 0 failed; \\S+, \\S+ of CPU
            """);
    assertThat(tree.text("a/stdout")).isEqualTo("hello\n");
  }

  @Test
  void raisesTheErrorsMapAtTheEnd() {
    tree.folder("ok", "command: 'true'")
        .folder("code", "command: echo it is cold >&2; exit 7", "maxtrials: 2")
        .folder("signal", "command: kill -SEGV $$")
        .folder("timeout", "command: exec sleep 1000", "timeout: 200ms")
        .folder("check", "command: echo done", "success: {file: log, pattern: done}")
        .file("launch/run", "#!/no/such/interpreter\n");
    Cli.Ended ended = jobfold("run", tree.root(), "--json").run();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains(
            "6 folders: 1 succeeded, 5 failed, 1 trial repeated; ",
            "\n  /code: exit code 7 after 2 trials, ",
            "\n      output: " + tree.at("code/stderr") + "\n      | it is cold\n",
            "\n      output: " + tree.at("check/stdout") + "\n      | done\n",
            "\n  /signal: signal 11 (SEGV), ",
            "\n  /timeout: timeout after 200ms, ",
            "\n  /check: success check: ",
            "\n  /launch: launch error: ",
            "/code: trial 1 failed: exit code 7; another trial follows\n",
            "/code: trial 2 failed: exit code 7\n");

    JsonNode json = ended.json();
    assertThat(json.get("exit").asInt()).isEqualTo(1);
    assertThat(json.get("folders").get("total").asInt()).isEqualTo(6);
    assertThat(json.get("folders").get("succeeded").asInt()).isEqualTo(1);
    assertThat(json.get("retries").asInt()).isEqualTo(1);
    JsonNode errors = json.get("errors");
    assertThat(errors.fieldNames())
        .toIterable()
        .containsExactly("/check", "/code", "/launch", "/signal", "/timeout");
    JsonNode code = errors.get("/code");
    assertThat(code.get("cause").asText()).isEqualTo("exit");
    assertThat(code.get("code").asInt()).isEqualTo(7);
    assertThat(code.get("trials").asInt()).isEqualTo(2);
    assertThat(code.get("tail").get(0).asText()).isEqualTo("it is cold");
    assertThat(code.get("stderr").asText()).isEqualTo(tree.at("code/stderr").toString());
    assertThat(errors.get("/signal").get("signal").asInt()).isEqualTo(11);
    assertThat(errors.get("/timeout").get("cause").asText()).isEqualTo("timeout");
    assertThat(errors.get("/check").get("cause").asText()).isEqualTo("check");
    assertThat(errors.get("/launch").get("cause").asText()).isEqualTo("launch");
    Documented.in("run-json.md").covers(json);
  }

  @Test
  void theLineOfAFailedTrialSaysWhenTheNextOneFollows() {
    tree.folder("a", "command: exit 75", "retry: {delay: 200ms, backoff: 2, tempfail: {limit: 3}}");
    assertThat(jobfold("run", tree.root()).run().err())
        .contains(
            "/a: trial 1 failed: exit code 75; another trial follows in 200ms\n",
            "/a: trial 2 failed: exit code 75; another trial follows in 400ms\n",
            "/a: trial 3 failed: exit code 75\n");
  }

  @Test
  void aFolderGetsTheRanksThatItAsksForAfterAFailure() {
    tree.folder(
        "a",
        "command: echo $JOBFOLD_RANKS; test $JOBFOLD_RANKS = 3",
        "maxtrials: 2",
        "retry: {exit: {ranks: 3}}");
    assertThat(jobfold("run", tree.root(), "--ranks", 4, "--nbpools", 4).run().code()).isZero();
    assertThat(tree.text("a/stdout.1")).isEqualTo("1\n");
    assertThat(tree.text("a/stdout")).isEqualTo("3\n");
    assertThat(jobfold("run", tree.root(), "--ranks", 2).run().err())
        .contains("asks for 3 ranks, there are 2");
  }

  @Test
  void documentsEveryFieldOfTheJson() {
    tree.folder("next", "command: 'true'", "depends: ../code");
    tree.folder("code", "command: exit 7").folder("signal", "command: kill -SEGV $$");
    JsonNode json = jobfold("run", tree.root(), "--json").run().json();
    Documented.in("run-json.md").isWholeIn(json, LostHostsTest.json());
  }

  @Test
  void aFolderThatIsDeletedWhileItWaitsHasVanished() {
    tree.folder("a", "command: rm -r ../b").folder("b", "command: 'true'");
    Cli.Ended ended = jobfold("run", tree.root(), "--ranks", 1, "--json").run();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("/b: vanished: ");
    JsonNode failure = ended.json().get("errors").get("/b");
    assertThat(failure.get("cause").asText()).isEqualTo("vanished");
    assertThat(tree.at("b")).doesNotExist();
    Documented.in("run-json.md").covers(ended.json());
  }

  @Test
  void aTreeThatIsTaggedAsAWholeIsASuccess() {
    for (String name : new String[] {"a", "b", "c"}) {
      tree.folder(name, "command: 'true'", "tagged: true");
    }
    Cli.Ended ended = jobfold("run", tree.root(), "--json").run();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEqualTo("nothing to run: all 3 folders are tagged\n");
    assertThat(ended.json().get("folders").get("tagged").asInt()).isEqualTo(3);
    assertThat(tree.at(".jobfold")).doesNotExist();
    Documented.in("run-json.md").covers(ended.json());
  }

  @Test
  void keepsTheOutputOfEarlierRuns() {
    tree.folder("a", "command: echo $RUN");
    for (int run = 1; run <= 3; run++) {
      assertThat(jobfold("run", tree.root()).with("RUN", "run " + run).run().code()).isZero();
    }
    assertThat(tree.text("a/stdout")).isEqualTo("run 3\n");
    assertThat(tree.text("a/stdout.1")).isEqualTo("run 1\n");
    assertThat(tree.text("a/stdout.2")).isEqualTo("run 2\n");
  }

  @Test
  void givesTrialsTheirVariables() {
    tree.file("job.yaml", "params: {temperature: 300, kept: 'yes'}\nenv: {SET: by folder}\n")
        .folder(
            "a/b",
            "command: env; echo T=${params.temperature} $JOBFOLD_PARAM_NEW; cat \"$JOBFOLD_MACHINEFILE\"",
            "ranks: 2");
    Cli.Ended ended =
        jobfold("run", tree.root(), "--ranks", 2, "-p", "temperature=1=2", "--param", "new=x y")
            .with("SET", "by user")
            .with("INHERITED", "from user")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("a/b/stdout").lines())
        .contains(
            "JOBFOLD_ROOT=" + tree.root(),
            "JOBFOLD_FOLDER=/a/b",
            "JOBFOLD_TRIAL=1",
            "JOBFOLD_RANKS=2",
            "JOBFOLD_SLOT=0",
            "JOBFOLD_PARAM_TEMPERATURE=1=2",
            "JOBFOLD_PARAM_KEPT=yes",
            "JOBFOLD_PARAM_NEW=x y",
            "T=1=2 x y",
            "SET=by folder",
            "INHERITED=from user");
    assertThat(tree.text("a/b/stdout")).contains("\nJOBFOLD_MACHINEFILE=", "\nJOBFOLD_HOSTS=");
  }

  @Test
  void refusesASecondRunOnATreeThatIsBeingRun() {
    tree.folder("a", "command: echo > ../began; read x < ../go").fifo("began").fifo("go");
    Cli.Started first = jobfold("run", tree.root()).start();
    tree.await("began", 1);
    Cli.Ended second = jobfold("run", tree.root()).run();
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err()).contains("the tree is being run by ", String.valueOf(first.pid()));
    assertThat(second.err()).doesNotContain("up to");
    tree.release("go");
    Cli.Ended ended = first.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.at("a/stdout.1")).doesNotExist();
    assertThat(jobfold("scan", tree.root()).run().code()).isZero();
  }

  @Test
  void refusesARunOnATreeThatOverlapsOneThatIsBeingRun() {
    tree.folder("part/a", "command: echo > ../../began; read x < ../../go").fifo("began");
    tree.fifo("go");
    refusesTheOther(tree.root(), tree.at("part"), "which this one is a part of", "run");
    refusesTheOther(tree.at("part"), tree.root(), "which is a part of this one", "run", "resume");
    assertThat(tree.at("part/a/stdout.2")).doesNotExist();
  }

  private void refusesTheOther(Path run, Path refused, String relation, String... commands) {
    Cli.Started first = jobfold("run", run).start();
    tree.await("began", 1);
    for (String command : commands) {
      Cli.Ended second = jobfold(command, refused).run();
      assertThat(second.code()).as(second.err()).isEqualTo(2);
      assertThat(second.err())
          .contains(
              "the tree '" + run + "', " + relation + ", is being run by process " + first.pid())
          .doesNotContain("up to");
    }
    tree.release("go");
    Cli.Ended ended = first.end();
    assertThat(ended.code()).as(ended.err()).isZero();
  }

  @Test
  void runsMoreFoldersThanRanks() {
    for (int i = 0; i < 40; i++) {
      tree.folder("f" + i, "command: echo $JOBFOLD_FOLDER");
    }
    Cli.Ended ended = jobfold("run", tree.root(), "--nbpools", 100, "--ranks", 4).run();
    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .contains("40 folders on 4 ranks of ", ", up to 4 at a time", "40 succeeded");
    assertThat(tree.text("f39/stdout")).isEqualTo("/f39\n");
  }
}
