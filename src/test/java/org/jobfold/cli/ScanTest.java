package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobfold scan}. */
@Timeout(240)
class ScanTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree =
        new Tree(directory)
            .file("job.yaml", "maxtrials: 2\n")
            .file("in", "")
            .folder(
                "a",
                "command: cat",
                "ranks: 3",
                "mpi: true",
                "timeout: 90s",
                "stdin: ../in",
                "env: {A: b}",
                "params: {T: 1}")
            .folder("off", "command: cat")
            .file("off/.jobfold-tagged", "")
            .file("locked/run", "echo")
            .file(".hidden/run", "#!/bin/sh\n");
    Cli.Shell.run("ln -s a \"$1\"", tree.at("link"));
  }

  @Test
  void showsWhatWouldRunAndWhatNot() {
    Cli.Ended ended = jobfold("scan", ".").in(tree.root()).run();
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            """
            FOLDER  RANKS  TRIALS  TIMEOUT  RUNS
            /a      3 mpi  2       1m30s    cat

            not run:
              .: nothing to run: only settings for folders below
              .: 1 hidden directory was not entered
              link: symbolic link to a directory, not followed: move the directory here to run it
              locked/run: not executable: chmod +x it to run it
              off: tagged: untag it to run it

            1 folder would run
            """);
    assertThat(tree.at(".jobfold")).doesNotExist();
  }

  @Test
  void saysTheSameAsJson() {
    tree.folder("wrong", "comand: x").file("jobfold.yaml", "params: {W: 1}");
    Cli.Ended ended = jobfold("scan", tree.root(), "--json", "-p", "T=2").run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("jobfold: a run is refused until 1 problem is corrected");
    JsonNode json = ended.json();
    JsonNode a = json.get("folders").get(0);
    assertThat(a.get("name").asText()).isEqualTo("/a");
    assertThat(a.get("timeout").asInt()).isEqualTo(90);
    assertThat(a.get("params").get("T").asText()).isEqualTo("2");
    assertThat(json.get("folders").get(1).get("tagged").asBoolean()).isTrue();
    assertThat(json.get("problems").get(0).get("line").asInt()).isEqualTo(1);
    Documented.in("scan-json.md").isWholeIn(json);
  }
}
