package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What jobfold keeps of a tree is full, read-only, gone, or of another version. */
@Timeout(240)
class StateFaultsTest {
  private Tree tree;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory);
  }

  /** A tree that was run: the good folder succeeded, the bad one would now, too. */
  private void runOnce() {
    tree.folder("good", "command: echo >> ran").folder("bad", "command: echo >> ran; test -e now");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    tree.file("bad/now", "");
  }

  private void assertGoesOn() {
    Cli.Ended ended = jobfold("resume", tree.root(), "--retry-failed").run();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(tree.text("good/ran")).isEqualTo("\n");
    assertThat(tree.text("bad/ran")).isEqualTo("\n\n");
  }

  @Test
  void aResumeOnAFullDiskStartsNothingAndGoesOnWhenThereIsRoom() {
    tree.onSmallDisk(
        () -> {
          runOnce();
          String journal = tree.text(".jobfold/journal.1.jsonl");
          Cli.Shell.run("head -c 100000 /dev/zero > \"$1/pad\" || true", tree.at(".jobfold"));
          Cli.Ended ended = jobfold("resume", tree.root(), "--retry-failed").run();
          assertThat(ended.code()).as(ended.err()).isIn(2, 3);
          assertThat(ended.err()).contains("no space left on device").doesNotContain("bug");
          assertThat(tree.text("bad/ran")).isEqualTo("\n");
          assertThat(tree.text(".jobfold/journal.1.jsonl")).isEqualTo(journal);
          Cli.Shell.run("rm \"$1/pad\"", tree.at(".jobfold"));
          assertGoesOn();
        });
  }

  /** The lock fits, the journal does not. */
  @Test
  void aResumeWhoseJournalDoesNotFitStartsNothing() {
    tree.onSmallDisk(
        () -> {
          runOnce();
          // one page is left, for the lock
          Cli.Shell.run(
              "cd \"$1\"; head -c 100000 /dev/zero > pad || true; truncate -s -4096 pad",
              tree.at(".jobfold"));
          Cli.Ended ended = jobfold("resume", tree.root(), "--retry-failed").run();
          assertThat(ended.code()).as(ended.err()).isIn(2, 3);
          assertThat(ended.err()).contains("no space left on device").doesNotContain("bug");
          assertThat(tree.text("bad/ran")).isEqualTo("\n");
          Cli.Shell.run("rm \"$1/pad\"", tree.at(".jobfold"));
          assertGoesOn();
        });
  }

  @Test
  void whereItMayNotWriteItIsRefused() {
    runOnce();
    List<String> before = tree.all();
    Cli.Shell.run("chmod 500 \"$1\"", tree.at(".jobfold"));
    for (String command : List.of("run", "resume")) {
      Cli.Ended ended = jobfold(command, tree.root()).asAUser().run();
      assertThat(ended.code()).as(ended.err()).isEqualTo(2);
      assertThat(ended.err()).contains(".jobfold", "permission denied").doesNotContain("bug");
    }
    Cli.Shell.run("chmod 700 \"$1\"", tree.at(".jobfold"));
    assertThat(tree.all()).isEqualTo(before);
    assertGoesOn();
  }

  @Test
  void aJournalThatIsRemovedMeanwhileCostsWorkAndNothingElse() {
    tree.folder("a", "command: echo >> ran")
        .folder("b", "command: echo >> ran; echo > ../began; read x < ../go")
        .fifo("began")
        .fifo("go");
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 1).start();
    tree.await("began", 1);
    Cli.Shell.run("rm \"$1\"/journal.*", tree.at(".jobfold"));
    tree.release("go");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("2 folders: 2 succeeded");
    Cli.Ended resumed = jobfold("resume", tree.root()).run();
    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.err()).contains("nothing to go on from: 'jobfold run' runs it");
    assertThat(tree.text("a/ran")).isEqualTo("\n");
  }

  @Test
  void aJournalOfANewerVersionIsRefusedAndLeftAsItIs() throws IOException {
    runOnce();
    Path journal = tree.at(".jobfold/journal.1.jsonl");
    List<String> lines = Files.readAllLines(journal);
    lines.set(0, sealed("{\"jobfold-journal\":2"));
    Files.write(journal, lines);
    Cli.Ended ended = jobfold("resume", tree.root()).run();
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            journal + ":1: the journal has version 2 of its format, this jobfold reads up to 1:",
            "use the jobfold that wrote it, or a newer one");
    assertThat(Files.readAllLines(journal)).isEqualTo(lines);
    assertThat(tree.text("bad/ran")).isEqualTo("\n");
  }

  @Test
  void ofTwoResumesAtTheSameInstantOneGoesOn() {
    tree.folder("a", "command: echo >> ran; test -e now || exit 1; read x < ../go").fifo("go");
    assertThat(jobfold("run", tree.root()).run().code()).isEqualTo(1);
    tree.file("a/now", "");
    for (int round = 0; round < 4; round++) {
      Cli.Started one = jobfold("resume", tree.root(), "--retry-failed").start();
      Cli.Started other = jobfold("resume", tree.root(), "--retry-failed").start();
      Cli.Started refused = one.firstToEnd(other);
      assertThat(refused.end().code()).isEqualTo(2);
      assertThat(refused.end().err()).contains("the tree is being run by process ");
      Cli.Started winner = refused == one ? other : one;
      winner.signal("KILL");
      winner.end();
    }
    assertThat(tree.text("a/ran").length()).isLessThanOrEqualTo(5);
    tree.folder("a", "command: echo >> ran");
    assertThat(jobfold("resume", tree.root(), "--retry-failed").run().code()).isZero();
  }

  private static String sealed(String object) {
    CRC32C crc = new CRC32C();
    crc.update(object.getBytes(StandardCharsets.UTF_8));
    return object + ",\"crc\":\"" + String.format("%08x", crc.getValue()) + "\"}";
  }
}
