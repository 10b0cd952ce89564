package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jobfold.SmallDisk;
import org.jobfold.folder.Settings;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How trials end where there is no room for their files, on real disks that are full. */
@Timeout(120)
class FullDiskTest {
  private static final String FILL = "head -c 10000000 /dev/zero > out";

  private Path root;
  private LocalBackend backend;

  @BeforeEach
  void tree(@TempDir Path directory) {
    root = directory;
    backend =
        new LocalBackend(
            root, () -> Launchers.best(LauncherSettings.standard()), LocalOptions.ranks(1));
  }

  @Test
  void aProgramThatFailsOnAFullDiskFailsForWantOfRoom() throws IOException {
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m")) {
      Cause.NoRoom full = noRoom(run(Orders.shell("/a", FILL)));
      assertThat(full.directory()).isEqualTo(disk.directory().toString());
      assertThat(full.text())
          .isEqualTo(
              "no room: exit code 1, and the file system '"
                  + disk.directory()
                  + " (jobfold-test)' is full (no space left on device): make room");
      try (Stream<Path> files = Files.list(disk.directory())) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .as("nothing is left of the attempt")
            .containsExactlyInAnyOrder("out", "stdout", "stderr");
      }
    }
  }

  @Test
  void soDoesOneThatASignalEndsAndOneThatWritesTooLittle() {
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m")) {
      disk.fill();
      assertThat(noRoom(run(Orders.shell("/a", "kill -BUS $$"))).reason()).startsWith("signal 7");
      SuccessCheck check =
          new SuccessCheck(
              SuccessCheck.EXIT_ZERO.exitCodes(),
              Optional.of(new SuccessCheck.FilePattern("log", Optional.empty())));
      assertThat(
              noRoom(run(Orders.shell("/a", "true", Settings.DEFAULT.withSuccess(check)))).reason())
          .contains("success check: file 'log' is not there");
    }
  }

  @Test
  void aDiskThatHasNoMoreFilesIsFullToo() {
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m,nr_inodes=3")) {
      String full = noRoom(run(Orders.shell("/a", "touch b"))).reason();
      assertThat(full).contains("exit code 1, ", disk.directory().toString());
    }
  }

  @Test
  void aFolderThatCanNotBeStartedThereFailsForWantOfRoom() {
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m,nr_inodes=1")) {
      String full = noRoom(run(Orders.shell("/a", "true"))).reason();
      assertThat(full).contains("it could not be started, ", disk.directory().toString());
    }
  }

  @Test
  void outputElsewhereCounts() throws IOException {
    Files.createDirectory(root.resolve("a"));
    try (SmallDisk disk = SmallDisk.on(root.resolve("scratch"), "size=1m")) {
      Settings there =
          Settings.DEFAULT.withStreams(Optional.empty(), disk.directory() + "/log", "stderr");
      Cause.NoRoom full = noRoom(run(Orders.shell("/a", "head -c 10000000 /dev/zero", there)));
      assertThat(full.directory()).isEqualTo(disk.directory().toString());
    }
  }

  @Test
  void aFailureIsTheFoldersOwnWhereThereIsRoomAndASuccessIsOneWhereThereIsNone() {
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m")) {
      assertThat(run(Orders.shell("/a", "exit 3")).outcome().cause())
          .contains(new Cause.ExitCode(3));
      disk.fill();
      assertThat(run(Orders.shell("/a", "true")).outcome().succeeded()).isTrue();
    }
  }

  @Test
  void saysWhetherThereIsRoomOnTheFileSystemOfTheTreeOnly() throws IOException {
    Files.createDirectory(root.resolve("b"));
    assertThat(backend.noRoom(root.resolve("b"))).isEmpty();
    assertThat(backend.noRoom(root.resolve("gone"))).isEmpty();
    try (SmallDisk disk = SmallDisk.on(root.resolve("a"), "size=1m")) {
      disk.fill();
      assertThat(backend.noRoom(disk.directory())).isEmpty();
      LocalBackend of =
          new LocalBackend(
              disk.directory(),
              () -> Launchers.best(LauncherSettings.standard()),
              LocalOptions.ranks(1));
      assertThat(of.noRoom(disk.directory()).orElseThrow())
          .isEqualTo("the disk of '" + disk.directory() + "' is full (no space left on device)");
      disk.makeRoom();
      assertThat(of.noRoom(disk.directory())).isEmpty();
    }
  }

  private SessionEvent.Ended run(Order order) {
    EventLog events = new EventLog();
    try (Session session = backend.open(events)) {
      session.launch(order);
      return events.ended(order.id());
    }
  }

  private static Cause.NoRoom noRoom(SessionEvent.Ended ended) {
    return (Cause.NoRoom) ended.outcome().cause().orElseThrow();
  }
}
