package org.jobfold.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jobfold.disk.RunLock.BreakLock;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RunLockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final HostProcess SELF = HostProcess.self();
  private static final HostProcess ELSEWHERE =
      new HostProcess("node7", "11111111-2222-3333-4444-555555555555", "pid:[1]", 4711, 815);
  private static final HostProcess ENDED =
      new HostProcess(SELF.host(), SELF.boot(), SELF.namespace(), SELF.pid(), SELF.start() + 1);
  private static final HostProcess BEFORE_BOOT =
      new HostProcess(SELF.host(), ELSEWHERE.boot(), SELF.namespace(), 4711, 815);

  private final FakeTime time = new FakeTime();
  private final List<String> notes = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private Path directory = Path.of("/");
  private Path lock = Path.of("/");
  private LockFiles.Linker linker = Files::createLink;

  /** Time passes only when somebody waits; and something may happen then. */
  private static final class FakeTime implements Clock {
    private Duration elapsed = Duration.ZERO;
    private Duration slept = Duration.ZERO;
    private Duration perAnswer = Duration.ZERO;
    private Duration jumped = Duration.ZERO;
    private Runnable meanwhile = () -> {};

    @Override
    public Instant now() {
      return START.plus(elapsed).plus(jumped);
    }

    @Override
    public Duration elapsed() {
      return elapsed;
    }

    void sleep(Duration wanted) {
      elapsed = elapsed.plus(wanted).plus(perAnswer);
      slept = slept.plus(wanted);
      meanwhile.run();
    }
  }

  @BeforeEach
  void findDirectory(@TempDir Path temporary) {
    directory = temporary;
    lock = temporary.resolve("lock");
  }

  // ---- one at a time

  @Test
  void aFreeTreeIsTakenAndGivenFree() throws Exception {
    RunLock first = take();
    assertThat(LockRecord.parse(Files.readString(lock)).orElseThrow().process()).isEqualTo(SELF);
    first.close();
    first.close();
    assertThat(files()).isEmpty();
    take().close();
    assertThat(notes).isEmpty();
  }

  @Test
  void aSecondRunIsToldWhoHasItSinceWhenAndWhatToDo() throws Exception {
    take();
    assertRefused(
        "the tree is being run by process "
            + SELF.pid()
            + " on host '"
            + SELF.host()
            + "' since 2026-01-01T00:00:00Z: wait for it, or stop it with 'jobfold stop "
            + directory.resolve("..").normalize()
            + "'");
  }

  @Test
  void whoLooksIsToldWhoHasItAndWhetherItLives() throws Exception {
    assertThat(LockHolder.of(directory, LEASE)).isEmpty();
    try (RunLock held = take()) {
      assertThat(LockHolder.of(directory, LEASE))
          .contains(
              new LockHolder(SELF.host(), SELF.pid(), Optional.of(START), LockHolder.Life.ALIVE));
      assertThat(held).isNotNull();
    }
    plant(ENDED, Duration.ZERO);
    assertThat(life()).isEqualTo(LockHolder.Life.GONE);
    plant(ELSEWHERE, Duration.ofSeconds(59));
    assertThat(life()).isEqualTo(LockHolder.Life.ALIVE);
    plant(ELSEWHERE, Duration.ofSeconds(62));
    assertThat(life()).isEqualTo(LockHolder.Life.SILENT);
    Files.writeString(lock, "torn");
    age(lock, Duration.ofSeconds(62));
    assertThat(LockHolder.of(directory, LEASE))
        .contains(new LockHolder("", 0, Optional.empty(), LockHolder.Life.SILENT));
  }

  private LockHolder.Life life() throws IOException {
    return LockHolder.of(directory, LEASE).orElseThrow().life();
  }

  @Test
  void breakLockDoesNotTakeItFromAProcessThatLives() throws Exception {
    take();
    assertThatThrownBy(() -> take(BreakLock.YES))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("which lives, so '--break-lock' does not take it");
  }

  // ---- of this host

  @Test
  void ofAProcessThatHasEndedItIsTakenAtOnce() throws Exception {
    plant(ENDED, Duration.ZERO);
    take().close();
    assertThat(notes)
        .containsExactly(
            "took the tree over from process "
                + ENDED.pid()
                + " on host '"
                + SELF.host()
                + "' since 2025-12-31T23:00:00Z: it has ended without giving it free");
    assertThat(time.slept).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void ofAProcessOfWhichOnlyTheExitCodeIsLeftItIsTakenAtOnce() throws Exception {
    // what sleeps in place of the shell never looks at its child
    String script = "until grep -q sleep /proc/$PPID/comm; do :; done";
    Process parent =
        new ProcessBuilder("/bin/sh", "-c", "sh -c '" + script + "' & echo $!; exec sleep 300")
            .start();
    long zombie = Long.parseLong(line(parent));
    try {
      Path stat = Path.of("/proc/" + zombie + "/stat");
      while (!Files.readString(stat).contains(") Z ")) {
        Thread.onSpinWait();
      }
      long start = Long.parseLong(Files.readString(stat).split(" ", -1)[21]);
      plant(
          new HostProcess(SELF.host(), SELF.boot(), SELF.namespace(), zombie, start),
          Duration.ZERO);
      take().close();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void ofAHostThatWasBootedSinceItIsTakenIfItWasNotRenewed() throws Exception {
    plant(BEFORE_BOOT, Duration.ofSeconds(30));
    assertRefused("renewed the lock 3");
    plant(BEFORE_BOOT, Duration.ofSeconds(90));
    take().close();
    assertThat(notes).hasSize(1).first().asString().endsWith(": its host was booted since");
    assertThat(time.slept).isZero();
  }

  @Test
  void aContainerIsAnotherHost() throws Exception {
    plant(
        new HostProcess(SELF.host(), SELF.boot(), "pid:[1]", ENDED.pid(), ENDED.start()),
        Duration.ZERO);
    assertRefused("take the tree with '--break-lock'");
  }

  // ---- of other hosts

  @Test
  void ofAnotherHostThatRenewsItIsRefusedAtOnce() throws Exception {
    plant(ELSEWHERE, Duration.ofSeconds(20));
    assertRefused(
        "the tree is being run by process 4711 on host 'node7' since 2025-12-31T23:00:00Z,"
            + " which renewed the lock 2");
    assertThat(time.slept).isZero();
  }

  @Test
  void ofAnotherHostItIsTakenWhenItStayedAsItWasForItsLease() throws Exception {
    plant(ELSEWHERE, Duration.ofHours(1));
    take().close();
    assertThat(time.slept).isEqualTo(LEASE);
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .isEqualTo(
            "the tree was taken by process 4711 on host 'node7' since 2025-12-31T23:00:00Z,"
                + " which has not renewed the lock for 1h: watching it for 1m to be sure");
    assertThat(notes.get(1)).endsWith(": it did not renew the lock for 1m");
  }

  @Test
  void ofAnotherHostWhoseClockIsWrongItIsRefusedWhenItIsRenewed() throws Exception {
    LockRecord holder = plant(ELSEWHERE, Duration.ofHours(1));
    time.meanwhile = () -> renewElsewhere(holder, 40);
    assertRefused("process 4711 on host 'node7'");
    assertThat(time.slept).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
  }

  private void renewElsewhere(LockRecord holder, int second) {
    if (time.slept.toSeconds() >= second) {
      write(lock, holder.renewed(START).text());
    }
  }

  @Test
  void timeInWhichTheFileSystemDidNotAnswerDoesNotCount() throws Exception {
    plant(ELSEWHERE, Duration.ofHours(1));
    time.perAnswer = Duration.ofMinutes(5);
    take().close();
    assertThat(time.slept).isEqualTo(LEASE);
  }

  @Test
  void breakLockTakesItAndLetsTheOtherTakeNotice() throws Exception {
    plant(ELSEWHERE, Duration.ZERO);
    take(BreakLock.YES).close();
    assertThat(time.slept).isEqualTo(LEASE);
    assertThat(notes.get(0)).contains("waiting 1m for that run to take notice");
  }

  @Test
  void breakLockDoesNotWaitForWhoHasNotRenewed() throws Exception {
    plant(ELSEWHERE, Duration.ofHours(1));
    take(BreakLock.YES).close();
    assertThat(time.slept).isZero();
    assertThat(notes).hasSize(1).first().asString().endsWith("asked for by '--break-lock'");
  }

  // ---- damage

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"jobfold-lock\":1,\"host\":\"no",
        "process 12 since 2025\n",
        "{\"jobfold-lock\":2}"
      })
  void aDamagedLockIsHeldByNobodyKnown(String text) throws Exception {
    write(lock, text);
    assertRefused("the lock is damaged or of another version of jobfold");
    age(lock, Duration.ofHours(1));
    take().close();
    assertThat(time.slept).isEqualTo(LEASE);
    assertThat(files()).isEmpty();
  }

  @Test
  void aTruncatedLockIsDamaged() {
    String text = LockRecord.taken(START, LEASE).text();
    for (int end = 0; end < text.length() - 1; end++) {
      assertThat(LockRecord.parse(text.substring(0, end))).isEmpty();
    }
    assertThat(LockRecord.parse(text)).isPresent();
  }

  @Test
  void theFormatIsThatOfItsDescription() throws Exception {
    String text = Files.readString(Path.of("src/test/resources/lock/renewed-once.json"));
    LockRecord record = new LockRecord(ELSEWHERE, START, "6f1c", LEASE, START, 0);
    assertThat(record.renewed(START.plusSeconds(20)).text()).isEqualTo(text);
    assertThat(LockRecord.parse(text)).contains(record.renewed(START.plusSeconds(20)));
    assertThat(record.text()).hasSameSizeAs(text);
    assertThat(Files.readString(Path.of("docs/formats/lock.md"))).contains(text);
  }

  // ---- renewing and losing

  @Test
  void renewingChangesTheFile() throws Exception {
    RunLock mine = take();
    for (int renewal = 1; renewal <= 12; renewal++) {
      time.sleep(Duration.ofSeconds(20));
      mine.renew();
      LockRecord now = LockRecord.parse(Files.readString(lock)).orElseThrow();
      assertThat(now.renewal()).isEqualTo(renewal);
      assertThat(now.renewed()).isEqualTo(time.now());
      assertThat(now.since()).isEqualTo(START);
    }
    mine.close();
    mine.renew();
    assertThat(files()).isEmpty();
    assertThat(losses).isEmpty();
  }

  @Test
  void whoLosesItIsToldOnceAndLeavesTheOthersAlone() throws Exception {
    RunLock mine = take();
    mine.onLost(losses::add);
    Files.delete(lock);
    LockRecord other = plant(ELSEWHERE, Duration.ZERO);
    mine.renew();
    mine.renew();
    mine.close();
    assertThat(losses)
        .containsExactly(
            "the lock '"
                + lock
                + "' was taken over by process 4711 on host 'node7' since 2025-12-31T23:00:00Z");
    assertThat(lock).hasContent(other.text());
    mine.onLost(losses::add);
    assertThat(losses).hasSize(2);
  }

  @Test
  void whoWasForcedOutIsTold() throws Exception {
    RunLock mine = take();
    mine.onLost(losses::add);
    LockFiles elsewhere = new LockFiles(directory, linker);
    LockRecord other = plantable(ELSEWHERE);
    assertThat(elsewhere.replace(elsewhere.chain(), other, LockFiles.Unchanged.HOLDER)).isTrue();
    mine.renew();
    assertThat(losses).hasSize(1);
    mine.close();
    assertThat(lock).hasContent(other.text());
  }

  @Test
  void aWallClockThatJumpsLosesNothing() throws Exception {
    RunLock mine = take();
    mine.onLost(losses::add);
    for (long days : new long[] {3650, -3650, 0, -20_000, 1}) {
      time.jumped = Duration.ofDays(days);
      time.elapsed = time.elapsed.plus(LEASE.dividedBy(3));
      mine.renew();
      assertThat(losses).isEmpty();
      assertRefused("the tree is being run by process " + SELF.pid());
      assertThat(Files.readString(lock)).contains("\"renewed\":\"" + time.now());
    }
    mine.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void whoWatchesALockGoesByTimeThatPassesAndNotByItsWallClock() throws Exception {
    plant(ELSEWHERE, Duration.ofHours(1));
    time.meanwhile = () -> time.jumped = time.jumped.plusDays(365).negated();
    take().close();
    assertThat(time.slept).isEqualTo(LEASE);
  }

  @Test
  void aLockThatIsRemovedIsLost() throws Exception {
    RunLock mine = take();
    mine.onLost(losses::add);
    Files.delete(lock);
    mine.renew();
    assertThat(losses).hasSize(1).first().asString().startsWith("somebody removed the lock");
  }

  @Test
  void aLockThatCanNotBeRenewedIsLostAfterItsLease() throws Exception {
    LockRecord holder = LockRecord.taken(START, LEASE);
    LockFiles files = new LockFiles(directory, linker);
    files.take(holder);
    RunLock mine =
        new RunLock(
            files, holder, FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE), time);
    mine.onLost(losses::add);
    time.sleep(Duration.ofSeconds(59));
    mine.renew();
    assertThat(losses).isEmpty();
    time.sleep(Duration.ofSeconds(1));
    mine.renew();
    assertThat(losses)
        .containsExactly(
            "the lock '"
                + lock
                + "' can not be renewed for 1m (no space left on device), so another run may take the tree");
  }

  // ---- several at once

  @Test
  void whoLookedTooLongAgoDoesNotTakeWhatIsThereNow() throws Exception {
    plant(ENDED, Duration.ZERO);
    LockFiles slow = new LockFiles(directory, linker);
    List<LockFiles.Found> seen = slow.chain();
    RunLock fast = take();
    assertThat(slow.replace(seen, plantable(SELF), LockFiles.Unchanged.TEXT)).isFalse();
    fast.onLost(losses::add);
    fast.renew();
    assertThat(losses).isEmpty();
    fast.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void whoRenewsAtTheLastMomentKeepsIt() throws Exception {
    LockRecord holder = plant(ELSEWHERE, Duration.ofHours(1));
    LockFiles watcher = new LockFiles(directory, linker);
    List<LockFiles.Found> seen = watcher.chain();
    write(lock, holder.renewed(START).text());
    assertThat(watcher.replace(seen, plantable(SELF), LockFiles.Unchanged.TEXT)).isFalse();
    assertThat(files()).containsExactly("lock");
  }

  @Test
  void whoClaimsALockHoldsIt() throws Exception {
    LockRecord ended = plant(ENDED, Duration.ZERO);
    write(directory.resolve("lock.after." + ended.token()), plantable(SELF).text());
    assertRefused("the tree is being run by process " + SELF.pid());
  }

  @Test
  void whatWasLeftHalfTakenIsTaken() throws Exception {
    LockRecord ended = plant(ENDED, Duration.ZERO);
    LockRecord claim = plantable(ENDED);
    write(directory.resolve("lock.after." + ended.token()), claim.text());
    write(directory.resolve("lock.after." + claim.token()), plantable(ENDED).text());
    RunLock mine = take();
    assertThat(files()).containsExactly("lock");
    mine.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void oldLitterIsRemoved() throws Exception {
    for (String name : List.of("lock.after.old", "lock.new.old", "lock.new.young", "locksmith")) {
      write(directory.resolve(name), "");
      age(directory.resolve(name), Duration.ofHours(name.endsWith("old") ? 2 : 0));
    }
    take().close();
    assertThat(files()).containsExactly("lock.new.young", "locksmith");
  }

  @Test
  void aFileSystemWithoutLinksWillDo() throws Exception {
    linker =
        (name, file) -> {
          throw new FileSystemException(name.toString(), null, "Operation not permitted");
        };
    plant(ENDED, Duration.ZERO);
    RunLock mine = take();
    assertRefused("the tree is being run by process " + SELF.pid());
    mine.close();
    take().close();
    assertThat(files()).isEmpty();
  }

  @Test
  void anAnswerThatGotLostDoesNotLoseTheLock() throws Exception {
    linker =
        (name, file) -> {
          Files.createLink(name, file);
          throw new FileAlreadyExistsException(name.toString());
        };
    take().close();
    plant(ENDED, Duration.ZERO);
    take().close();
    assertThat(files()).isEmpty();
  }

  @Test
  void ofEightProcessesOneTakesIt() throws Exception {
    List<Process> contenders = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        contenders.add(LockContender.start());
      }
      List<BufferedReader> answers = contenders.stream().map(Process::inputReader).toList();
      for (int round = 0; round < 100; round++) {
        if (round % 4 != 0) {
          plant(ENDED, Duration.ZERO);
        }
        List<String> said = ask(contenders, answers, directory + "\n");
        assertThat(said).as("round %s", round).containsOnlyOnce("taken").doesNotContainNull();
        ask(contenders, answers, "\n");
        assertThat(files()).isEmpty();
      }
    } finally {
      for (Process contender : contenders) {
        contender.destroyForcibly().waitFor();
      }
    }
  }

  private static List<String> ask(
      List<Process> contenders, List<BufferedReader> answers, String line) throws IOException {
    for (Process contender : contenders) {
      contender.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      contender.getOutputStream().flush();
    }
    List<String> said = new ArrayList<>();
    for (BufferedReader answer : answers) {
      said.add(answer.readLine());
    }
    return said;
  }

  @Test
  void ofAProcessThatIsKilledItIsTakenAtOnce() throws Exception {
    Process holder = LockContender.start();
    ask(List.of(holder), List.of(), directory + "\n");
    assertThat(line(holder)).isEqualTo("taken");
    assertRefused("the tree is being run by process " + holder.pid());
    holder.destroyForcibly().waitFor();
    take().close();
    assertThat(notes).hasSize(1);
    assertThat(time.slept).isZero();
  }

  // ---- words

  private RunLock take() throws InterruptedException {
    return take(BreakLock.NO);
  }

  private RunLock take(BreakLock breakLock) throws InterruptedException {
    LockFiles files = new LockFiles(directory, linker);
    return new LockTaking(files, LEASE, time, time::sleep, notes::add).take(breakLock);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::take)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(lock + ": ")
        .hasMessageContaining(message);
  }

  /** The lock of a process, renewed so long ago. */
  private LockRecord plant(HostProcess process, Duration age) throws IOException {
    LockRecord record = plantable(process);
    write(lock, record.text());
    age(lock, age);
    return record;
  }

  private static LockRecord plantable(HostProcess process) {
    Instant since = START.minus(Duration.ofHours(1));
    String token = LockRecord.taken(START, LEASE).token();
    return new LockRecord(process, since, token, LEASE, since, 0);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read(); c >= 0 && c != '\n'; ) {
      line.append((char) c);
      c = process.getInputStream().read();
    }
    return line.toString();
  }
}
