package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that wait for others, for tokens and for the end: what users see of them. */
@Timeout(240)
class DependentFoldersTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  /** One fails, two are blocked by it, one after a tagged one; one cares for no failure. */
  private void blocked() {
    tree.folder("relax", "command: exit 3")
        .folder("static", "command: 'true'", "depends: ../relax")
        .folder("bands", "command: 'true'", "depends: ../static")
        .folder("off", "command: 'true'", "tagged: true")
        .folder("after-off", "command: 'true'", "depends: ../off")
        .folder("log", "command: 'true'", "depends: {name: ../relax, after: any}")
        .folder("sum", "command: 'true'", "finally: true");
  }

  @Test
  void blockedFoldersAreToldApartFromFailedOnes() {
    blocked();
    Cli.Ended run = jobfold("run", tree.root(), "--ranks", 2, "--json").run();
    String blocked =
        """
        blocked: 3 folders not run, because of folders upstream
          2 by /relax: /bands, /static
          1 by /off: /after-off
        """;
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "; 4 wait for others; 1 waits for the end; 1 tagged\n",
            "6 folders: 2 succeeded, 1 failed, 3 blocked, 1 tagged; ",
            "errors: 1 × exit code 3\n",
            blocked)
        .doesNotContain("resume");
    JsonNode json = run.json();
    assertThat(json.at("/folders/failed").asInt()).isEqualTo(1);
    assertThat(json.at("/folders/blocked").asInt()).isEqualTo(3);
    JsonNode bands = json.get("errors").get("/bands");
    assertThat(bands.toString())
        .isEqualTo(
            "{\"cause\":\"upstream\",\"text\":\"upstream: /relax did not succeed\",\"origins\":[\"/relax\"],\"trials\":0}");

    InProcess status = InProcess.jobfold("status", tree.root().toString());
    assertThat(status.out())
        .contains(
            "complete, with failures", "6 folders: 2 succeeded, 1 failed, 3 blocked\n", blocked);
    InProcess errors = InProcess.jobfold("errors", tree.root().toString());
    assertThat(errors.out())
        .contains(": 1 folder has failed for good\n", "errors: 1 × exit code 3\n", blocked);
    assertThat(InProcess.jobfold("errors", tree.root().toString(), "--folders").out())
        .isEqualTo(tree.at("relax") + "\n");
    assertThat(
            InProcess.jobfold("errors", tree.root().toString(), "--folders", "--cause", "upstream")
                .out()
                .lines())
        .hasSize(3);
  }

  @Test
  void blockedFoldersRunWhenTheFaultIsMended() {
    blocked();
    jobfold("run", tree.root()).run();
    tree.folder("relax", "command: 'true'");
    jobfold("untag", tree.at("off")).run();
    tree.folder("off", "command: 'true'");
    Cli.Ended resumed = jobfold("resume", tree.root(), "--retry-failed").run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("7 folders: 7 succeeded, 0 failed");
  }

  @Test
  void aBlockedFolderAloneMakesTheRunFail() {
    tree.folder("off", "command: 'true'", "tagged: true")
        .folder("a", "command: 'true'", "depends: ../off");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
  }

  @Test
  void aFailureThatIsOneTooManyLeavesTheRestForAResume() {
    tree.folder("a", "command: exit 1")
        .folder("b", "command: 'true'")
        .folder("c", "command: 'true'");
    Cli.Ended run = jobfold("run", tree.root(), "--nbpools", 1, "--fail-fast").run();
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "1 folder has failed, as many as '--max-failures' allows: nothing new is started\n",
            "3 folders: 0 succeeded, 1 failed, 2 not run; ",
            "nothing more was started when 1 folder had failed",
            "to go on: jobfold resume ");
    assertThat(jobfold("resume", tree.root()).run().code()).as("it failed before").isEqualTo(1);
    assertThat(tree.text("c/stdout")).isEmpty();
  }

  @Test
  void ofTheOptionsForFailuresTheLastHolds() {
    tree.folder("a", "command: exit 1")
        .folder("b", "command: exit 1")
        .folder("c", "command: 'true'");
    tree.file("jobfold.yaml", "fail-fast: true\nnbpools: 1\n");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(3);
    assertThat(jobfold("run", tree.root(), "--keep-going").run().code()).isEqualTo(1);
    Cli.Ended two = jobfold("run", tree.root(), "--keep-going", "--max-failures", 2).run();
    assertThat(two.code()).isEqualTo(3);
    assertThat(two.err()).contains("0 succeeded, 2 failed, 1 not run");
    assertThat(jobfold("run", tree.root(), "--max-failures", 2, "--keep-going").run().code())
        .isEqualTo(1);
    assertThat(jobfold("run", tree.root()).with("JOBFOLD_KEEP_GOING", "true").run().code())
        .isEqualTo(1);
  }

  @Test
  void tokensAreHeldWhileFoldersRun() {
    for (int i = 0; i < 4; i++) {
      tree.folder(
          "f" + i, "queue: licence", "command: mkdir ../held && sleep 0.1 && rmdir ../held");
    }
    tree.file("jobfold.yaml", "queues: {licence: 1}\nranks: 4\n");
    assertThat(jobfold("run", tree.root()).run().code()).isZero();
    Cli.Ended wide = jobfold("run", tree.root(), "--queue", "licence=4").run();
    assertThat(wide.code()).as("two at a time are in each other's way").isEqualTo(1);
  }

  @Test
  void queuesThatAreNotThereAreRefusedBesideAllElse() {
    tree.folder("a", "queue: licence", "command: 'true'")
        .folder("b", "queue: licence", "command: 'true'")
        .folder("c", "queue: big", "tokens: 3", "command: 'true'")
        .folder("d", "command: 'true'", "depends: ../nowhere");
    Cli.Ended run = jobfold("run", tree.root(), "--queue", "big=2").run();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            tree.at("a/job.yaml")
                + ":1: folder '/a' is in queue 'licence', and there is no queue 'licence', but"
                + " 'big': say how many tokens it has with '--queue licence=N', or under 'queues' in"
                + " 'jobfold.yaml' (and 1 more folder)\n",
            tree.at("c/job.yaml")
                + ":2: folder '/c' holds 3 tokens of queue 'big', which has 2: lower 'tokens', or"
                + " give the queue more with '--queue'\n",
            "which is not there",
            "jobfold: 3 problems: nothing was started or changed\n");
    assertThat(tree.all()).doesNotContain(".jobfold");
  }

  @Test
  void queuesThatAreNotThereAreToldWhereTheyAreWritten() {
    tree.file("job.yaml", "queue: licence\n")
        .folder("inherits/it", "command: 'true'", "tokens: 1")
        .folder("table", "command: 'true'", "tokens:", "  small: 1", "  big: 3")
        .file("typed/job.json", "{\"command\": \"true\",\n\"queue\": \"big\",\n\"tokens\": 4}");
    assertThat(jobfold("run", tree.root(), "--queue", "big=2").run().err())
        .contains(
            tree.at("job.yaml") + ":1: folder '/inherits/it' is in queue 'licence'",
            tree.at("table/job.yaml") + ":3: folder '/table' is in queue 'small'",
            tree.at("table/job.yaml") + ":4: folder '/table' holds 3 tokens",
            tree.at("typed/job.json") + ":3: folder '/typed' holds 4 tokens");
    tree.folder("inherits/it", "command: 'true'", "tokens: 2");
    assertThat(jobfold("run", tree.root(), "--queue", "licence=1").run().err())
        .contains(tree.at("inherits/it/job.yaml") + ":2: folder '/inherits/it' holds 2 tokens");
  }

  @Test
  void queuesThatNoFolderIsInAreNoted() {
    tree.folder("a", "queue: licence", "command: 'true'");
    tree.file("jobfold.yaml", "queues: {licence: 1,\n  licnce: 3}\n");
    Cli.Ended run = jobfold("run", ".", "--queue", "big=2").in(tree.root()).run();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "jobfold: --queue: no folder is in queue 'big'\n",
            "jobfold: jobfold.yaml:2: no folder is in queue 'licnce': did you mean 'licence'?\n");
    assertThat(jobfold("scan", tree.root(), "--queue", "big=2").run().out())
        .contains("without effect:\n", "--queue: no folder is in queue 'big'\n");
  }

  @Test
  void wrongQueuesAreWrongUsage() {
    tree.folder("a", "command: 'true'");
    String root = tree.root().toString();
    assertThat(InProcess.jobfold("run", root, "--queue", "big=0").err())
        .contains("queue 'big' can not have 0 tokens: give it at least 1");
    assertThat(InProcess.jobfold("run", root, "--queue", "big").err())
        .contains("'big' is not NAME=N: write it like 'licence=4'");
    assertThat(InProcess.jobfold("run", root, "--queue", "none=1").err())
        .contains("'none' can not be the name of a queue");
    tree.file("jobfold.yaml", "queues: {big: many}\n");
    Cli.Ended run = jobfold("run", root).run();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("jobfold.yaml:1: 'queues.big' can not be used", "'many' is no number of tokens");
  }

  @Test
  void anUpdateWithAQueueThatIsNotThereIsRefused() {
    tree.folder("a", "command: 'true'");
    Cli.Started run = jobfold("run", tree.root(), "--keepalive").start().awaitErr("all done");
    tree.folder("b", "command: 'true'", "queue: licence");
    Cli.Ended update = jobfold("update", tree.root()).run();
    assertThat(update.code()).isEqualTo(2);
    assertThat(update.err())
        .contains("b/job.yaml:2: folder '/b' is in queue 'licence', and there is no queue");
    jobfold("stop", tree.root()).run();
    assertThat(run.end().code()).isZero();
  }

  @Test
  void theGraphIsDrawnWithTheStateOfEachFolder() {
    blocked();
    InProcess never = InProcess.jobfold("graph", tree.root().toString(), "--tree");
    assertThat(never.code()).isZero();
    assertThat(never.out())
        .isEqualTo(
            """
            /off  tagged
            └── /after-off  never
            /relax  never
            ├── /log  never
            └── /static  never
                └── /bands  never
            /sum  never (at the end)
            """);
    assertThat(tree.all()).as("it writes nothing").doesNotContain(".jobfold");
    jobfold("run", tree.root()).run();
    assertThat(InProcess.jobfold("graph", tree.root().toString()).out())
        .contains(
            "  \"/relax\" [label=\"/relax\\nfailed: exit code 3\", style=filled, fillcolor=\"salmon\"];\n",
            "  \"/static\" [label=\"/static\\nblocked, upstream: /relax did not succeed\", style=filled,"
                + " fillcolor=\"orange\"];\n",
            "  \"/relax\" -> \"/static\";\n",
            "  \"/relax\" -> \"/log\" [style=dashed];\n");
    InProcess json = InProcess.jobfold("graph", tree.root().toString(), "--json");
    JsonNode graph = new Cli.Ended(json.code(), json.out(), json.err()).json();
    Documented.in("graph-json.md").isWholeIn(graph);
    assertThat(graph.at("/folders/0/origins/0").asText()).isEqualTo("/off");
    assertThat(graph.get("edges")).hasSize(4);
  }

  @Test
  void theGraphOfARunThatLivesShowsWhatRunsAndWhatWaits() {
    tree.fifo("started").fifo("go");
    tree.folder("in", "command: echo > ../started; read line < ../go")
        .folder("out", "command: 'true'", "depends: ../in");
    Cli.Started run = jobfold("run", tree.root()).start();
    tree.await("started", 1);
    InProcess graph = InProcess.jobfold("graph", tree.root().toString(), "--tree");
    assertThat(graph.out()).isEqualTo("/in  running\n└── /out  waiting\n");
    tree.release("go");
    assertThat(run.end().code()).isZero();
  }

  @Test
  void aGraphThatARunWouldRefuseIsRefusedAndOneWithoutEdgesSaysSo() {
    tree.folder("a", "command: 'true'");
    InProcess alone = InProcess.jobfold("graph", tree.root().toString(), "--tree");
    assertThat(alone.out()).isEqualTo("/a  never\n");
    assertThat(alone.err()).isEqualTo("jobfold: no folder depends on another\n");
    tree.folder("a", "command: 'true'", "depends: ../b");
    tree.folder("b", "command: 'true'", "depends: ../a");
    InProcess circle = InProcess.jobfold("graph", tree.root().toString());
    assertThat(circle.code()).isEqualTo(2);
    assertThat(circle.err()).contains("folders wait for one another");
  }
}
