package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes where: standard output, standard error, pipes, terminals. */
@Timeout(240)
class StreamsTest {
  private static final String ESCAPE = "\u001b";

  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  @Test
  void helpThatWasAskedForGoesToStandardOutput() {
    for (List<Object> asked :
        List.<List<Object>>of(
            List.of("--help"), List.of("help"), List.of("help", "run"), List.of("tag", "--help"))) {
      Cli.Ended ended = jobfold(asked.toArray()).run();
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).startsWith("Usage: jobfold");
      assertThat(ended.err()).isEmpty();
    }
    Cli.Ended ended = jobfold().run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("jobfold: a command is missing: ")
        .contains("Usage: jobfold");
  }

  @Test
  void showsTheVersion() {
    Cli.Ended ended = jobfold("--version").run();
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).startsWith("jobfold ").hasLineCount(1);
    assertThat(jobfold("-V").run().out()).isEqualTo(ended.out());
  }

  @Test
  void aReaderThatHasHadEnoughIsNoError() {
    for (int i = 0; i < 300; i++) {
      tree.folder("a-folder-with-a-long-name-" + i, "command: cat");
    }
    Cli.Ended ended = jobfold("scan", tree.root()).shell("set -o pipefail; \"$@\" | true");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void aFullDiskIsAnError() {
    tree.folder("a", "command: 'true'");
    Cli.Ended ended = jobfold("run", tree.root(), "--json").shell("\"$@\" > /dev/full");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("1 succeeded", "jobfold: standard output can not be written");
  }

  @Test
  void aRunThatNobodyCanHearStillRuns() {
    tree.folder("a", "command: echo ran");
    assertThat(jobfold("run", tree.root()).shell("\"$@\" 2>&- >&-").code()).isZero();
    assertThat(tree.text("a/stdout")).isEqualTo("ran\n");
  }

  @Test
  void showsProgressOnATerminal() {
    tree.folder("a", "command: exit 3")
        .folder("b", "command: while [ ! -e ../seen ]; do sleep 0.05; done")
        .folder("c", "command: 'true'");
    Cli.Started run =
        onTerminal(
            jobfold("run", tree.root(), "--ranks", 1)
                .option("-Djobfold.terminal=true")
                .with("TERM", "xterm"));
    run.awaitOut("1 of 3 done, 1 running, 1 failed, 1 left, ");
    tree.file("seen", "");
    String shown = run.end().out();
    assertThat(shown)
        .contains("3 folders on 1 rank of ", ESCAPE + "[K/a: trial 1 failed: exit code 3", " to go")
        .contains("3 folders: 2 succeeded, 1 failed; ");
  }

  @Test
  void writesNoEscapesToADumbTerminal() {
    tree.folder("a", "command: exit 3");
    Cli.Ended ended =
        onTerminal(
                jobfold("run", tree.root()).option("-Djobfold.terminal=true").with("TERM", "dumb"))
            .end();
    assertThat(ended.out()).contains("1 failed").doesNotContain(ESCAPE);
  }

  @Test
  void writesNoEscapesToAPipe() {
    tree.folder("a", "command: exit 3");
    Cli.Ended ended = jobfold("run", tree.root()).run();
    assertThat(ended.err()).contains("1 failed").doesNotContain(ESCAPE, "\r");
  }

  /** In {@code script}, which gives it a terminal. */
  private static Cli.Started onTerminal(Cli cli) {
    String line =
        cli.words().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    return cli.start(List.of("script", "-qec", line, "/dev/null"));
  }
}
