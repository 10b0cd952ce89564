package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.SystemClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on trees of which one is a part of the other. */
@Timeout(120)
class OverlapTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final HostProcess SELF = HostProcess.self();
  private static final HostProcess ELSEWHERE =
      new HostProcess("node7", "11111111-2222-3333-4444-555555555555", "pid:[1]", 4711, 815);
  private static final HostProcess ENDED =
      new HostProcess(SELF.host(), SELF.boot(), SELF.namespace(), SELF.pid(), SELF.start() + 1);

  private final List<String> notes = new ArrayList<>();
  private Path root = Path.of("/");

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    root = directory.toRealPath().resolve("tree");
    DiskTree.in(root).script("a/run").script("b/part/deep/run").script("b/part/other/run");
  }

  @Test
  void aPartOfATreeThatIsBeingRunIsRefused() throws Exception {
    try (RunLock whole = take("")) {
      assertThat(whole).isNotNull();
      assertRefused(
          "b/part",
          lock("")
              + ": the tree '"
              + root
              + "', which this one is a part of, is being run by process "
              + SELF.pid());
      assertThat(files("b/part")).isEmpty();
    }
    take("b/part").close();
    assertThat(notes).isEmpty();
  }

  @Test
  void aTreeIsRefusedWhileAPartOfItIsBeingRun() throws Exception {
    for (String part : List.of("a", "b", "b/part", "b/part/deep")) {
      try (RunLock held = take(part)) {
        assertThat(held).isNotNull();
        assertRefused(
            "",
            lock(part)
                + ": the tree '"
                + root.resolve(part)
                + "', which is a part of this one, is being run by process "
                + SELF.pid());
        assertThat(files("")).isEmpty();
      }
    }
    take("").close();
  }

  @Test
  void treesSideBySideAreRunAtTheSameTime() throws Exception {
    try (RunLock one = take("b/part/deep");
        RunLock other = take("b/part/other");
        RunLock third = take("a")) {
      assertThat(List.of(one, other, third)).doesNotContainNull();
    }
  }

  @Test
  void aPartThatWasTakenAfterTheScanIsSeen() throws Exception {
    JobTree scanned = scan("");
    try (RunLock part = take("b/part")) {
      assertThat(part).isNotNull();
      assertThatThrownBy(() -> take("", scanned)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void aTreeIsFoundAboveWhereALinkLeads() throws Exception {
    Path link = Files.createSymbolicLink(root.resolveSibling("link"), root.resolve("b/part"));
    try (RunLock whole = take("")) {
      assertThat(whole).isNotNull();
      assertRefused(link.toString(), "which this one is a part of");
    }
  }

  @Test
  void whatAProcessLeftThatHasEndedDoesNotCountAndStays() throws Exception {
    String above = plant("", ENDED, Duration.ZERO);
    String below = plant("b/part/deep", ENDED, Duration.ZERO);
    take("b/part").close();
    assertThat(lock("")).hasContent(above);
    assertThat(lock("b/part/deep")).hasContent(below);
    assertThat(files("")).containsExactly("lock");
    assertThat(notes).isEmpty();
  }

  @Test
  void aRunOnAnotherHostCountsForItsLease() throws Exception {
    for (String other : List.of("", "b/part/deep")) {
      String text = plant(other, ELSEWHERE, Duration.ofSeconds(20));
      assertRefused("b/part", "is being run by process 4711 on host 'node7' since ");
      assertRefused("b/part", ": wait for it or stop it; if it is gone, try again in 1m");
      plant(other, ELSEWHERE, Duration.ofSeconds(90));
      take("b/part").close();
      assertThat(lock(other)).exists();
      assertThat(files(other)).containsExactly("lock");
      assertThat(text).isNotEmpty();
    }
  }

  @Test
  void aDamagedLockCountsForALease() throws Exception {
    plant("", ELSEWHERE, Duration.ZERO);
    Files.writeString(lock(""), "{");
    assertRefused("a", "is being run by a run whose lock file is damaged");
    age(lock(""), Duration.ofSeconds(90));
    take("a").close();
  }

  @Test
  void whatIsNoStateDirectoryDoesNotCount() throws Exception {
    Files.writeString(root.resolve(".jobfold"), "");
    Files.createDirectories(root.resolve("b/part/deep/.jobfold"));
    take("b/part").close();
    assertThat(notes).isEmpty();
  }

  @Test
  void whatCanNotBeLookedAtIsTold() throws Exception {
    plant("", ENDED, Duration.ZERO);
    Path state = lock("").resolveSibling("");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("---------"));
    try {
      boolean all = Files.isReadable(state);
      take("a").close();
      if (!all) {
        assertThat(notes).hasSize(1).first().asString().contains(": permission denied: it can not");
      }
    } finally {
      Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void ofTwoThatBeginAtTheSameTimeOneAtMostHasIts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 100; round++) {
        JobTree whole = scan("");
        JobTree part = scan("b/part");
        CyclicBarrier begin = new CyclicBarrier(2);
        CyclicBarrier end = new CyclicBarrier(2);
        Future<Boolean> one = threads.submit(contend("", whole, begin, end));
        Future<Boolean> other = threads.submit(contend("b/part", part, begin, end));
        assertThat(List.of(one.get(), other.get())).as("round %s", round).contains(false);
        Files.delete(lock("b/part").resolveSibling(""));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Takes a tree and keeps it until the other has tried; whether it could. */
  private Callable<Boolean> contend(
      String tree, JobTree folders, CyclicBarrier begin, CyclicBarrier end) {
    return () -> {
      begin.await();
      try (RunLock lock = take(tree, folders)) {
        end.await();
        return lock != null;
      } catch (RefusedException e) {
        end.await();
        return false;
      }
    };
  }

  private JobTree scan(String tree) {
    return DiskTree.in(root.resolve(tree)).scan().tree();
  }

  private RunLock take(String tree) throws InterruptedException {
    return take(tree, scan(tree));
  }

  private RunLock take(String tree, JobTree folders) throws InterruptedException {
    return StateDirectory.of(root.resolve(tree))
        .lock(folders, RunLock.BreakLock.NO, new SystemClock(), notes::add);
  }

  private void assertRefused(String tree, String message) {
    assertThatThrownBy(() -> take(tree))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message);
  }

  private Path lock(String tree) {
    return root.resolve(tree).resolve(".jobfold/lock");
  }

  private List<String> files(String tree) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(tree).resolve(".jobfold"))) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** The lock of a process, renewed so long ago. */
  private String plant(String tree, HostProcess process, Duration age) throws IOException {
    String token = LockRecord.taken(START, RunLock.LEASE).token();
    String text = new LockRecord(process, START, token, RunLock.LEASE, START, 0).text();
    Files.createDirectories(lock(tree).resolveSibling(""));
    Files.writeString(lock(tree), text);
    age(lock(tree), age);
    return text;
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
