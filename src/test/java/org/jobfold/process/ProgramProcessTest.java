package org.jobfold.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.folder.SuccessCheck;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs, calls and steps as single processes, with real processes. */
class ProgramProcessTest {
  private final Path root;
  private final Folders folders;

  ProgramProcessTest(@TempDir Path root) {
    this.root = root;
    this.folders = new Folders(root, 2);
  }

  @Test
  void aProgramRunsInItsFolderOnAllRanks() throws Exception {
    Files.writeString(root.resolve("input"), "data\n");
    Settings settings =
        Settings.DEFAULT
            .withStreams(Optional.of("input"), "out", "err")
            .withEnv(Map.of("GREETING", "hello"));
    ProgramProcess process =
        program(
            "read line; echo $GREETING $line $JOBFOLD_RANKS; pwd; echo warned >&2",
            settings,
            ProgramOptions.DEFAULT);
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "out")).isEqualTo("hello data 2\n" + root.toRealPath() + "\n");
    assertThat(folders.read("/", "err")).isEqualTo("warned\n");
    assertThat(folders.world.size()).isEqualTo(2);
  }

  @Test
  void aFailureIsRaisedWhenItIsPolledAndAfterAllTrials() throws Exception {
    List<Outcome> told = Collections.synchronizedList(new ArrayList<>());
    ProgramProcess process =
        program(
            "echo $JOBFOLD_TRIAL >>trials; exit 2",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT
                .withMaxtrials(3)
                .withOnFinish((folder, outcome) -> told.add(outcome)));
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    Failure failure = fail.errors().values().iterator().next();
    assertThat(failure.cause()).isEqualTo(new Cause.ExitCode(2));
    assertThat(failure.trials()).isEqualTo(3);
    assertThat(process.errorCount()).isEqualTo(1);
    assertThatThrownBy(process::poll).isInstanceOf(Fail.class);
    assertThat(folders.read("/", "trials")).isEqualTo("1\n2\n3\n");
    assertThat(told).hasSize(3).allMatch(outcome -> !outcome.succeeded());
  }

  @Test
  void onFailDecidesThatAnExitCodeIsNoFailure() throws Exception {
    ProgramProcess process =
        program(
            "exit 3",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT.withOnFail(
                (folder, cause) ->
                    cause.equals(new Cause.ExitCode(3)) ? Optional.empty() : Optional.of(cause)));
    process.start(folders.world);
    process.waitFor();
    assertThat(process.errorCount()).isZero();
  }

  @Test
  void aJudgeDecidesThatExitCodeZeroIsAFailure() throws Exception {
    ProgramProcess process =
        program(
            "true",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT.withJudge(
                (folder, outcome) ->
                    Outcome.failed(new Cause.SuccessCheck("the energy is positive"))));
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail).hasMessageContaining("success check: the energy is positive");
  }

  @Test
  void theSettingsCheckOverrulesTheExitCodeBothWays() throws Exception {
    Settings anyCode =
        Settings.DEFAULT.withSuccess(
            new SuccessCheck(
                java.util.Set.of(),
                Optional.of(new SuccessCheck.FilePattern("log", Optional.of("converged")))));
    ProgramProcess good = program("echo converged >log; exit 7", anyCode, ProgramOptions.DEFAULT);
    good.start(folders.world);
    good.waitFor();
    ProgramProcess bad = program("echo diverged >log; exit 0", anyCode, ProgramOptions.DEFAULT);
    bad.start(folders.world);
    assertThatThrownBy(bad::waitFor).isInstanceOf(Fail.class);
  }

  @Test
  void aCallbackThatThrowsMakesTheTrialAFailureAndNeverHangs() throws Exception {
    ProgramProcess process =
        program(
            "true",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT.withOnFinish(
                (folder, outcome) -> {
                  throw new IllegalStateException("out of tape");
                }));
    process.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail).hasMessageContaining("out of tape");
    assertThat(folders.world.size()).isEqualTo(2);
  }

  @Test
  void aModifierChangesTheOrderBeforeItIsStarted() throws Exception {
    ProgramProcess process =
        program(
            "echo $JOBFOLD_SLOT",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT.withModifier(
                order ->
                    new Order(order.id(), order.folder(), order.step(), order.placement(), 42)));
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "stdout")).isEqualTo("42\n");
  }

  @Test
  void anEmptyCommunicatorIsRefusedAndAFinishedProcessIsNotStartedAgain() throws Exception {
    ProgramProcess process = program("echo again >>runs", Settings.DEFAULT, ProgramOptions.DEFAULT);
    var taken = folders.world.lendAll();
    assertThatThrownBy(() -> process.start(folders.world)).isInstanceOf(MpiSizeException.class);
    taken.release();
    process.start(folders.world);
    process.waitFor();
    process.start(folders.world);
    assertThat(process.done()).isTrue();
    assertThat(folders.read("/", "runs")).isEqualTo("again\n");
  }

  @Test
  void killEndsAProgramThatDoesNotListen() throws Exception {
    var ready = org.jobfold.spi.Fifo.in(root, "ready");
    ProgramProcess process =
        program(
            "trap '' TERM; echo up >ready; while :; do sleep 1; done",
            Settings.DEFAULT,
            ProgramOptions.DEFAULT);
    process.start(folders.world);
    assertThat(Files.readString(ready.path())).isEqualTo("up\n");
    process.kill();
    Fail fail = catchThrowableOfType(Fail.class, process::waitFor);
    assertThat(fail.errors().values())
        .singleElement()
        .satisfies(f -> assertThat(f.interrupted()).isTrue());
    assertThat(process.runningCount()).isZero();
  }

  @Test
  void stepsThatSucceededArePassedOverWhenALaterOneIsTriedAgain() throws Exception {
    List<Step> steps =
        List.of(
            step("relax", "echo relax >>log"),
            step("static", "echo static >>log; test $JOBFOLD_TRIAL -gt 1"),
            step("bands", "echo bands >>log"));
    IteratorProcess process =
        new IteratorProcess(
            FolderName.ROOT,
            steps,
            Settings.DEFAULT,
            folders.ports(),
            ProgramOptions.DEFAULT.withMaxtrials(2));
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "log")).isEqualTo("relax\nstatic\nstatic\nbands\n");
  }

  @Test
  void stepsThatWereDoneBeforeAreNotStarted() throws Exception {
    List<Step> steps =
        List.of(step("relax", "echo relax >>log"), step("static", "echo static >>log"));
    IteratorProcess process =
        new IteratorProcess(
            FolderName.ROOT,
            steps,
            Settings.DEFAULT,
            folders.ports(),
            ProgramOptions.DEFAULT.withAlready(order -> order.step().name().equals("relax")));
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "log")).isEqualTo("static\n");
  }

  @Test
  void aCallRunsAClassInAJvmOfItsOwnWithItsParams() throws Exception {
    Settings settings = Settings.DEFAULT.overriddenBy(Map.of("order", "4"));
    CallProcess process = call(Quadrature.class, settings);
    process.start(folders.world);
    process.waitFor();
    assertThat(folders.read("/", "pi")).isEqualTo("3.146801");
  }

  @Test
  void aCallThatThrowsFailsAndOneThatWasSuccessfulIsNotMadeAgain() throws Exception {
    CallProcess bad = call(Quadrature.class, Settings.DEFAULT);
    bad.start(folders.world);
    Fail fail = catchThrowableOfType(Fail.class, bad::waitFor);
    assertThat(fail.errors().values())
        .singleElement()
        .satisfies(f -> assertThat(String.join("\n", f.tail())).contains("order"));

    Files.writeString(root.resolve("pi"), "3");
    CallProcess passedOver =
        call(Quadrature.class, Settings.DEFAULT.overriddenBy(Map.of("order", "4")));
    passedOver.start(folders.world);
    passedOver.waitFor();
    assertThat(folders.read("/", "pi")).isEqualTo("3");
  }

  @Test
  void aDummyCompletesWithItsChanceAndHoldsItsRanksUntilThen() {
    DummyProcess dummy = new DummyProcess(0.2, new Random(7));
    assertThatThrownBy(dummy::poll).isInstanceOf(NotStarted.class);
    dummy.start(folders.world);
    assertThat(folders.world.size()).isZero();
    assertThat(dummy.runningCount()).isEqualTo(1);
    assertThatThrownBy(() -> dummy.start(folders.world))
        .isInstanceOf(MpiSizeException.class.getSuperclass());
    int polls = 1;
    while (!dummy.poll()) {
      polls++;
    }
    assertThat(polls).isBetween(2, 100);
    assertThat(folders.world.size()).isEqualTo(2);
    DummyProcess killed = new DummyProcess(0.2, new Random(7));
    killed.start(folders.world);
    killed.kill();
    assertThatThrownBy(killed::poll).isInstanceOf(Fail.class);
    assertThat(folders.world.size()).isEqualTo(2);
  }

  private ProgramProcess program(String line, Settings settings, ProgramOptions options) {
    return new ProgramProcess(
        FolderName.ROOT, new Command.Shell(line), settings, folders.ports(), options);
  }

  private CallProcess call(Class<?> type, Settings settings) throws Exception {
    String classes =
        Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    return new CallProcess(
        FolderName.ROOT,
        new Functional.Call(type.getName(), List.of(classes), List.of()),
        settings,
        folders.ports(),
        ProgramOptions.DEFAULT);
  }

  private static Step step(String name, String line) {
    return new Step(name, new Functional.Program(new Command.Shell(line)), Optional.empty());
  }
}
