package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.cli.Cli.jobfold;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jobfold.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole tree on a disk that its folders fill. */
@Timeout(240)
class FullDiskTest {
  private Tree tree;
  private SmallDisk disk;

  @BeforeEach
  void make(@TempDir Path directory) {
    tree = new Tree(directory.resolve("tree"));
    disk = SmallDisk.on(tree.root(), "size=1m");
    for (String name : new String[] {"a", "b", "c", "d"}) {
      tree.folder(name, "command: head -c 600000 /dev/zero > out", "retry: {delay: 100ms}");
    }
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  private Cli.Started begunOnFullDisk() {
    Cli.Started run = jobfold("run", tree.root(), "--ranks", 2, "--maxtrials", 1, "--json").start();
    return run.awaitErr(
        "jobfold: the disk of '"
            + tree.root()
            + "' is full (no space left on device): launching waits until there is room");
  }

  @Test
  void foldersThatFillTheDiskRunAgainWhenThereIsRoomAndLoseNoTrial() {
    Cli.Started run = begunOnFullDisk();
    disk.change("size=8m");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains(
            "failed: no room: exit code 1, and the file system '",
            "jobfold: there is room again: going on",
            "4 folders: 4 succeeded, 0 failed");
    assertThat(ended.json().get("errors").isEmpty()).isTrue();
  }

  @Test
  void aRunThatIsEndedBeforeThereIsRoomNamesTheDiskAndGoesOnLater() {
    Cli.Started run = begunOnFullDisk();
    JsonNode status = jobfold("status", tree.root(), "--json").run().json();
    assertThat(status.get("full").asBoolean()).isTrue();
    assertThat(jobfold("status", tree.root()).run().out())
        .contains("paused: the disk of '" + tree.root() + "' is full: nothing is started until");
    Cli.Ended stop = jobfold("stop", tree.root(), "--wait", "5s").run();
    assertThat(stop.code()).as(stop.err()).isEqualTo(2);
    assertThat(stop.err())
        .contains(
            "the disk is full, so the run can not be asked: make room, or end its process: kill -TERM "
                + run.pid()
                + " on host '")
        .doesNotContain("bug");
    run.signal("TERM");
    Cli.Ended ended = run.end();
    assertThat(ended.code()).as(ended.err()).isIn(3, 143);
    assertThat(ended.err())
        .contains(
            "no room: ", " failed for want of room, which cost no trial: exit code 1, and the ");
    disk.change("size=8m");
    Cli.Ended resumed = jobfold("resume", tree.root()).run();
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("4 succeeded, 0 failed");
  }
}
