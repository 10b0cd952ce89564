package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that ask for threads and GPUs. */
class GivenTest {
  private static final String SHOW =
      "echo $JOBFOLD_HOSTS $JOBFOLD_RANKS $OMP_NUM_THREADS \"[$JOBFOLD_GPUS]"
          + " [$CUDA_VISIBLE_DEVICES] [$ROCR_VISIBLE_DEVICES]\"";

  @TempDir private Path directory = Path.of("");

  private Tree tree() {
    return new Tree(directory.resolve("tree")).file("readme", "");
  }

  @Test
  void foldersThatRunTogetherHaveGpusOfTheirOwn() {
    Tree tree = tree().fifo("../ready");
    for (String name : List.of("a", "b", "c", "d")) {
      tree.folder(
          name,
          "command: " + SHOW + "; echo > ../../ready; until [ -e ../../go ]; do sleep 0.05; done",
          "threads: 2",
          "gpus: 1");
    }
    tree.folder("e", "command: " + SHOW);
    Cli.Started run =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "localhost:4,far:4",
                "--gpus",
                "3,5",
                "--start-line",
                "env {host}= {command}")
            .start();
    tree.await("../ready", 4);
    JsonNode status = Cli.jobfold("status", tree.root(), "--json").run().json();
    List<String> shown = new ArrayList<>();
    for (JsonNode running : status.get("running")) {
      JsonNode host = running.at("/hosts/0");
      assertThat(host.get("ranks")).as("two cores for two threads").hasSize(2);
      shown.add(host.get("host").asText() + " " + host.at("/gpus/0").asText());
    }
    tree.file("../go", "");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    List<String> seen = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      String[] words = tree.text(name + "/stdout").strip().split(" ");
      assertThat(words).hasSize(6).startsWith(words[0], "1", "2");
      assertThat(List.of(words[4], words[5])).containsOnly(words[3]);
      seen.add(words[0] + " " + words[3].replaceAll("[\\[\\]]", ""));
    }
    assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shown);
    assertThat(seen).filteredOn(each -> each.startsWith("far ")).contains("far 3", "far 5");
    assertThat(tree.text("e/stdout")).as("it has asked for none").endsWith(" [] [] []\n");
  }

  @Test
  void whatIsNeverThereIsRefusedWithBothNumbers() {
    Tree tree =
        tree()
            .folder("a", "command: 'true'", "gpus: 3")
            .folder("b", "command: 'true'", "ranks: 2", "threads: 3")
            .folder("c", "command: 'true'", "threads: 4", "gpus: 2");
    Cli.Ended ended = Cli.jobfold("run", tree.root(), "--ranks", 4, "--gpus", 2).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "folder '/a': asks for 1 rank and 3 GPUs, and no host has more than 2: lower 'gpus'",
            "folder '/b': asks for 2 ranks with 3 threads each, which take 6 ranks of 1 core, the"
                + " allocation has 4: lower 'ranks' or 'threads'")
        .doesNotContain("'/c'");
    assertThat(
            Cli.jobfold("run", tree.root(), "--ranks", 8)
                .with("CUDA_VISIBLE_DEVICES", "")
                .run()
                .err())
        .contains("folder '/a': asks for 1 rank and 3 GPUs, and the run has no GPUs");
    assertThat(Cli.jobfold("run", tree.root(), "--gpus", "0,x").run().err())
        .contains("--gpus: '0,x' names no GPUs");
  }

  @Test
  void thoseThatTheEnvironmentLeavesAreSharedOutIfAFolderAsks() {
    Tree tree = tree().folder("a", "command: " + SHOW, "gpus: 1").folder("b", "command: " + SHOW);
    Cli.Ended ended =
        Cli.jobfold("run", tree.root(), "--ranks", 1).with("CUDA_VISIBLE_DEVICES", "6,7").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("a/stdout")).endsWith(" [6] [6] [6]\n");
    assertThat(tree.text("b/stdout")).endsWith(" [] [] []\n");

    Tree none = new Tree(directory.resolve("none")).folder("b", "command: " + SHOW);
    assertThat(
            Cli.jobfold("run", none.root(), "--ranks", 1)
                .with("CUDA_VISIBLE_DEVICES", "6,7")
                .run()
                .code())
        .isZero();
    assertThat(none.text("b/stdout")).as("nobody asks").contains(" [] [6,7] ");
  }

  @Test
  void anMpiLauncherStartsAsManyProcessesAsThereAreRanks() {
    Tree tree =
        tree()
            .folder(
                "a",
                "command: " + SHOW + "; cat $JOBFOLD_MACHINEFILE",
                "mpi: true",
                "ranks: 3",
                "threads: 2",
                "gpus: 1")
            .file("../launch", "echo $1 $2 $3 $4; shift 4; exec \"$@\"\n");
    Cli.Ended ended =
        Cli.jobfold(
                "run",
                tree.root(),
                "--hosts",
                "localhost:4,far:3",
                "--gpus",
                "1,",
                "--start-line",
                "env {host}= {command}",
                "--mpi-launcher",
                "sh "
                    + directory.resolve("launch")
                    + " {ranks} {threads} {nodes} {tasks_per_node} {command}")
            .run();
    assertThat(ended.code()).as(ended.err()).isZero();
    String own = tree.text("a/stdout").lines().skip(2).findFirst().orElseThrow();
    assertThat(tree.text("a/stdout"))
        .isEqualTo("3 2 2 2\n" + own + ",far 3 2 [1] [1] [1]\n" + own + "\n" + own + "\nfar\n");
  }
}
