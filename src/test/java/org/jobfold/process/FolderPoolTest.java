package org.jobfold.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;
import org.jobfold.folder.Settings;
import org.jobfold.spi.Fifo;
import org.jobfold.spi.FolderSource;
import org.jobfold.spi.RunListener;
import org.jobfold.trial.Cause;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of pylada's job-folder processes insist on, with real processes. */
class FolderPoolTest {
  private static final String[] EIGHT =
      IntStream.range(0, 8).mapToObj(i -> "/this/" + i).toArray(String[]::new);
  private static final PoolOptions TWO =
      PoolOptions.DEFAULT.withNbpools(2).withGrace(Duration.ofSeconds(5));

  private final Path root;
  private final Folders folders;

  FolderPoolTest(@TempDir Path root) {
    this.root = root;
    this.folders = new Folders(root, 4);
  }

  @Test
  void eightFoldersSucceedAndEachSawTheWholeOfItsCommunicator() throws Exception {
    JobFolderProcess process =
        new JobFolderProcess(
            folders.shell("echo $JOBFOLD_RANKS $(wc -l <$JOBFOLD_MACHINEFILE)", EIGHT),
            folders.ports(),
            TWO);
    assertThat(process.nbjobsleft()).isEqualTo(8);
    process.start(folders.world);
    process.waitFor();
    assertThat(process.done()).isTrue();
    assertThat(process.poll()).isTrue();
    assertThat(process.nbjobsleft()).isZero();
    assertThat(process.errorCount()).isZero();
    assertThat(process.tally().succeeded()).isEqualTo(8);
    for (String name : EIGHT) {
      // The last one has all ranks if both that ran before it end at the same time.
      assertThat(folders.read(name, "stdout")).isIn("2 2\n", "4 4\n");
    }
    assertThat(folders.world.size()).as("the ranks came back").isEqualTo(4);
  }

  @Test
  void oneFolderThatFailsAtItsEndGivesOneErrorAndTheOthersFinish() throws Exception {
    FolderSource good = folders.shell("true", EIGHT);
    FolderSource bad = folders.shell("echo computed; exit 2", "/666");
    JobTree both = good.read(Map.of()).updatedBy(bad.read(Map.of()));
    JobFolderProcess process = new JobFolderProcess(FolderSource.of(both), folders.ports(), TWO);
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail).hasMessage("1 folder failed: '/666': exit code 2");
    assertThat(fail.errors()).containsOnlyKeys(new FolderName("/666"));
    assertThat(process.tally().succeeded()).isEqualTo(8);
    assertThatThrownBy(process::poll).isInstanceOf(Fail.class);

    JobFolderProcess mended =
        new JobFolderProcess(folders.shell("true", "/666"), folders.ports(), TWO);
    mended.start(folders.world);
    mended.waitFor();
    assertThat(mended.tally().succeeded()).isEqualTo(1);
  }

  @Test
  void aProgramThatAsksToBeTriedLaterCostsNoTrial() throws Exception {
    Retry retry =
        new Retry(
            Optional.of(Backoff.always(Duration.ofMillis(50))),
            Retry.DEFAULT.worth(),
            Retry.ANY_CODE,
            1,
            OptionalInt.of(4));
    FolderSource source =
        folders.tree(
            JobFolder.shell("/a", "echo $JOBFOLD_TRIAL; test $JOBFOLD_TRIAL = 4 || exit 75")
                .with(Settings.DEFAULT.withRetry(retry)),
            JobFolder.shell("/never", "exit 75").with(Settings.DEFAULT.withRetry(retry)));
    JobFolderProcess process =
        new JobFolderProcess(source, folders.ports(), PoolOptions.DEFAULT.withNbpools(1));
    long begin = System.nanoTime();
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(150));
    assertThat(folders.read("/a", "stdout")).isEqualTo("4\n");
    assertThat(fail.errors()).containsOnlyKeys(new FolderName("/never"));
    assertThat(fail.errors().get(new FolderName("/never")))
        .satisfies(
            f -> {
              assertThat(f.cause()).isEqualTo(new Cause.ExitCode(75));
              assertThat(f.trials()).isEqualTo(4);
            });
  }

  @Test
  void aFileThatAppearsLateCostsNoTrial() throws Exception {
    Retry retry =
        new Retry(
            Optional.of(Backoff.always(Duration.ofMillis(10))),
            Retry.DEFAULT.worth(),
            Retry.ANY_CODE,
            1000,
            OptionalInt.empty());
    Settings reading =
        Settings.DEFAULT.withStreams(Optional.of("late"), "stdout", "stderr").withRetry(retry);
    CountDownLatch failed = new CountDownLatch(1);
    RunListener onFailure =
        new RunListener() {
          @Override
          public void triedAgain(FolderName folder, Duration delay) {
            failed.countDown();
          }
        };
    JobFolderProcess process =
        new JobFolderProcess(
            folders.tree(JobFolder.shell("/a", "cat").with(reading)),
            folders.ports().withListener(onFailure),
            PoolOptions.DEFAULT);
    process.start(folders.world);
    failed.await();
    Files.writeString(root.resolve("a/late"), "here\n");
    process.waitFor();
    assertThat(process.tally().succeeded()).isEqualTo(1);
    assertThat(folders.read("/a", "stdout")).isEqualTo("here\n");
  }

  @Test
  void aProgramThatIsMissingIsNotLookedForAgain() throws Exception {
    JobFolder missing =
        JobFolder.of(
            "/a",
            new Functional.Program(new Command.Exec(List.of("./missing"))),
            Settings.DEFAULT.withMaxtrials(3));
    JobFolderProcess process =
        new JobFolderProcess(folders.tree(missing), folders.ports(), PoolOptions.DEFAULT);
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail.errors().get(new FolderName("/a")))
        .satisfies(f -> assertThat(f.trials()).isEqualTo(1));
  }

  @Test
  void aTrialThatTookTooLongIsTriedAgainWithMoreTime() throws Exception {
    Retry longer =
        new Retry(
            Optional.empty(),
            Map.of(Kind.TIMEOUT, new Change(1000, OptionalInt.empty())),
            Retry.ANY_CODE,
            1,
            OptionalInt.empty());
    FolderSource source =
        folders.tree(
            JobFolder.shell("/a", "test $JOBFOLD_TRIAL = 2 || exec sleep 1000")
                .with(
                    Settings.DEFAULT
                        .withTimeout(Duration.ofMillis(100))
                        .withMaxtrials(2)
                        .withRetry(longer)));
    JobFolderProcess process = new JobFolderProcess(source, folders.ports(), PoolOptions.DEFAULT);
    process.start(folders.world);
    process.waitFor();
    assertThat(process.tally().succeeded()).isEqualTo(1);
  }

  @Test
  void keptRanksTakeUpMoreFolders() throws Exception {
    JobFolderProcess process =
        new JobFolderProcess(folders.shell("true", "/a", "/b", "/c"), folders.ports(), TWO);
    process.keepalive(Walk.Keepalive.ON);
    process.start(folders.world);
    process.waitFor();
    assertThat(process.tally().succeeded()).isEqualTo(3);
    assertThat(folders.world.size()).as("the ranks are kept").isZero();
    UpdateReport report =
        process.update(folders.shell("true", "/d", "/e", "/f"), Walk.DeleteOld.NO);
    assertThat(report.added()).hasSize(3);
    process.waitFor();
    assertThat(process.tally().succeeded()).isEqualTo(6);
    process.keepalive(Walk.Keepalive.OFF);
    process.waitForEnd();
    assertThat(folders.world.size()).isEqualTo(4);
  }

  @Test
  void deleteoldAfterThreeLeavesExactlyTheThreeNew() throws Exception {
    PoolProcess process =
        new PoolProcess(folders.shell("true", "/a", "/b", "/c"), folders.ports(), TWO, f -> 1);
    process.keepalive(Walk.Keepalive.ON);
    process.start(folders.world);
    process.waitFor();
    process.update(folders.shell("true", "/d", "/e", "/f"), Walk.DeleteOld.YES);
    process.waitFor();
    assertThat(process.tally().total()).isEqualTo(3);
    process.terminate();
    process.waitForEnd();
    assertThat(folders.world.size()).isEqualTo(4);
  }

  @Test
  void failuresOfBothHalvesAddUp() throws Exception {
    JobFolderProcess process =
        new JobFolderProcess(folders.shell("exit 2", "/a"), folders.ports(), TWO);
    process.keepalive(Walk.Keepalive.ON);
    process.start(folders.world);
    assertThatThrownBy(process::waitFor).isInstanceOf(Fail.class);
    assertThat(process.errorCount()).isEqualTo(1);
    process.update(folders.shell("kill -9 $$", "/b"), Walk.DeleteOld.NO);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail.errors()).containsOnlyKeys(new FolderName("/a"), new FolderName("/b"));
    assertThat(process.errors().get(new FolderName("/b")))
        .satisfies(f -> assertThat(f.cause()).isEqualTo(new Cause.Signal(9)));
    process.kill();
  }

  @Test
  void aFinishedProcessGoesOnAfterAnUpdateWhenItIsStartedAgain() throws Exception {
    JobFolderProcess process =
        new JobFolderProcess(folders.shell("exit 2", "/a"), folders.ports(), TWO);
    process.start(folders.world);
    assertThatThrownBy(process::waitFor).isInstanceOf(Fail.class);
    process.start(folders.world);
    assertThat(folders.world.size()).as("a start of a finished process does nothing").isEqualTo(4);
    process.update(folders.shell("true", "/a", "/b"), Walk.DeleteOld.NO);
    assertThat(process.nbjobsleft()).isEqualTo(1);
    process.start(folders.world);
    assertThatThrownBy(process::waitFor).isInstanceOf(Fail.class);
    assertThat(process.tally().succeeded()).isEqualTo(1);
    assertThat(process.errorCount()).isEqualTo(1);
  }

  @Test
  void itIsStartedOnceAndNotLookedAtBefore() throws Exception {
    Fifo gate = Fifo.in(root, "gate");
    JobFolderProcess process =
        new JobFolderProcess(
            folders.shell("read line <" + gate.path(), "/a"), folders.ports(), TWO);
    assertThatThrownBy(process::poll).isInstanceOf(NotStarted.class);
    assertThatThrownBy(process::waitFor).isInstanceOf(NotStarted.class);
    assertThat(process.done()).isFalse();
    process.start(folders.world);
    assertThatThrownBy(() -> process.start(folders.world)).isInstanceOf(AlreadyStarted.class);
    Files.writeString(gate.path(), "go\n");
    process.waitFor();
  }

  @Test
  void poolsGiveEachFolderTheRanksItAsksFor() throws Exception {
    String line = "echo $JOBFOLD_RANKS; wc -l <$JOBFOLD_MACHINEFILE";
    FolderSource source =
        folders.tree(
            JobFolder.shell("/wide", line).with(Settings.DEFAULT.withRanks(4)),
            JobFolder.shell("/narrow", line).with(Settings.DEFAULT.withRanks(1)),
            JobFolder.shell("/middle", line).with(Settings.DEFAULT.withRanks(3)));
    PoolProcess process =
        new PoolProcess(source, folders.ports(), TWO, f -> f.settings().ranks().orElseThrow());
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/wide", "stdout")).isEqualTo("4\n4\n");
    assertThat(folders.read("/narrow", "stdout")).isEqualTo("1\n1\n");
    assertThat(folders.read("/middle", "stdout")).isEqualTo("3\n3\n");
  }

  @Test
  void tooWideFoldersAreRefusedAndNothingIsStarted() throws Exception {
    FolderSource source =
        folders.tree(
            JobFolder.shell("/a", "touch ran"),
            JobFolder.shell("/b", "touch ran").with(Settings.DEFAULT.withRanks(5)));
    PoolProcess process =
        new PoolProcess(source, folders.ports(), TWO, f -> f.settings().ranks().orElse(1));
    assertThatThrownBy(() -> process.start(folders.world))
        .isInstanceOf(MpiSizeException.class)
        .hasMessageContaining("folder '/b' asks for 5 ranks, the allocation has 4");
    assertThat(folders.has("/a", "ran")).isFalse();
    assertThat(folders.world.size()).isEqualTo(4);
    assertThatThrownBy(process::poll).isInstanceOf(NotStarted.class);
  }

  @Test
  void aFolderThatVanishedIsAnErrorOfThatFolderAlone() throws Exception {
    FolderSource source = folders.shell("true", "/a", "/gone", "/z");
    Files.delete(root.resolve("gone"));
    JobFolderProcess process = new JobFolderProcess(source, folders.ports(), PoolOptions.DEFAULT);
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail.errors().get(new FolderName("/gone")))
        .satisfies(f -> assertThat(f.cause()).isInstanceOf(Cause.Vanished.class));
    assertThat(process.tally().succeeded()).isEqualTo(2);
  }

  @Test
  void paramsOfTheProcessOverrideThoseOfAllFolders() throws Exception {
    Settings settings = Settings.DEFAULT.overriddenBy(Map.of("temperature", "300", "kept", "yes"));
    FolderSource source =
        folders.tree(
            JobFolder.shell("/a", "echo $JOBFOLD_PARAM_TEMPERATURE $JOBFOLD_PARAM_KEPT")
                .with(settings));
    JobFolderProcess process =
        new JobFolderProcess(
            source, folders.ports(), PoolOptions.DEFAULT.withParams(Map.of("temperature", "77")));
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/a", "stdout")).isEqualTo("77 yes\n");
  }

  @Test
  void terminateEndsWhatRunsAndGivesTheRanksBackAlsoWhereTheyAreKept() throws Exception {
    Fifo ready = Fifo.in(root, "ready");
    JobFolderProcess process =
        new JobFolderProcess(
            folders.shell("echo up >" + ready.path() + "; sleep 1000 & wait", "/a", "/b"),
            folders.ports(),
            PoolOptions.DEFAULT);
    process.keepalive(Walk.Keepalive.ON);
    process.start(folders.world);
    assertThat(Files.readString(ready.path())).isEqualTo("up\n");
    assertThat(process.runningCount()).isEqualTo(1);
    process.terminate();
    Fail fail = catchThrowableOfType(Fail.class, process::waitForEnd);
    assertThat(fail.errors()).containsOnlyKeys(new FolderName("/a"));
    assertThat(fail.errors().get(new FolderName("/a")))
        .satisfies(f -> assertThat(f.cause()).isInstanceOf(Cause.Interrupted.class));
    assertThat(process.nbjobsleft()).isEqualTo(1);
    assertThat(process.stopping()).contains(Stop.TERMINATE);
    assertThat(folders.world.size()).isEqualTo(4);
  }

  @Test
  void aDrainedProcessLetsItsFoldersEndAndStartsNoMore() throws Exception {
    Fifo ready = Fifo.in(root, "ready");
    Fifo gate = Fifo.in(root, "gate");
    JobFolderProcess process =
        new JobFolderProcess(
            folders.shell("echo up >" + ready.path() + "; read line <" + gate.path(), "/a", "/b"),
            folders.ports(),
            PoolOptions.DEFAULT);
    process.start(folders.world);
    assertThat(Files.readString(ready.path())).isEqualTo("up\n");
    process.stop(Stop.DRAIN, "asked to");
    Files.writeString(gate.path(), "go\n");
    process.waitForEnd();
    assertThat(process.tally().succeeded()).isEqualTo(1);
    assertThat(process.nbjobsleft()).isEqualTo(1);
  }

  @Test
  void anUpdateLeavesARunningFolderAloneAndReplacesOneThatWaits() throws Exception {
    Fifo ready = Fifo.in(root, "ready");
    Fifo gate = Fifo.in(root, "gate");
    FolderSource before =
        folders.tree(
            JobFolder.shell("/a", "echo up >" + ready.path() + "; read line <" + gate.path()),
            JobFolder.shell("/b", "echo old"));
    JobFolderProcess process = new JobFolderProcess(before, folders.ports(), PoolOptions.DEFAULT);
    process.start(folders.world);
    assertThat(Files.readString(ready.path())).isEqualTo("up\n");
    UpdateReport report = process.update(folders.shell("echo new", "/a", "/b"), Walk.DeleteOld.NO);
    assertThat(report.untouched()).containsExactly(new FolderName("/a"));
    assertThat(report.replaced()).containsExactly(new FolderName("/b"));
    Files.writeString(gate.path(), "go\n");
    process.waitFor();
    assertThat(folders.read("/a", "stdout")).isEmpty();
    assertThat(folders.read("/b", "stdout")).isEqualTo("new\n");
  }

  @Test
  void theRootMayBeAJobFolderItself() throws IOException, InterruptedException {
    JobFolderProcess process =
        new JobFolderProcess(folders.shell("echo root", "/", "/below"), folders.ports(), TWO);
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "stdout")).isEqualTo("root\n");
  }
}
