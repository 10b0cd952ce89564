package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.call.Calls;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.Command;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Settings;
import org.jobfold.folder.Step;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.LauncherSettings;
import org.jobfold.launch.Launchers;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.EventLog;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Orders;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.trial.Cause;
import org.jobfold.trial.TrialId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalBackendTest {
  private static final Functional.Program MPI_PROGRAM =
      new Functional.Program(new Command.Shell("echo rank $OMPI_COMM_WORLD_RANK"));

  private Path root;
  private LocalBackend backend;

  @BeforeEach
  void tree(@TempDir Path directory) throws IOException {
    root = directory;
    Files.createDirectory(root.resolve("a"));
    backend = backend(LocalOptions.ranks(2));
  }

  @Test
  void aCallInTheRanksNeedsAWorldOfMpjExpress() {
    JobFolder folder =
        JobFolder.of(
            "/a", new Functional.Call("my.Pi", List.of(), List.of()), Settings.DEFAULT.withMpi());
    assertThat(backend.problems(JobTree.of(folder)))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .startsWith("folder '/a': has a 'call' and 'mpi: true'")
                    .contains("scripts/jobfold-mpj -np 4"));
  }

  @Test
  void theAllocationIsThisHost() {
    Placement allocation = backend.allocation();
    assertThat(allocation.size()).isEqualTo(2);
    assertThat(allocation.hosts()).hasSize(1);
    assertThat(allocation.shares().get(0).ranks()).containsExactly(0, 1);
    assertThat(backend.allocation()).isEqualTo(allocation);
    assertThat(backend(LocalOptions.allProcessors()).allocation().size())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void whatRanOnAnotherHostIsNotWaitedForWhateverHasItsIdHere() throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", "setsid sleep 300 > /dev/null 2>&1 & echo $!");
    shell.environment().remove("SLURM_JOB_ID");
    shell.environment().put("JOBFOLD_ROOT", root.toString());
    shell.environment().put("JOBFOLD_RUN", "earlier");
    Process started = shell.start();
    long pid;
    try (BufferedReader out = started.inputReader()) {
      pid = Long.parseLong(out.readLine());
    }
    try {
      List<String> notes = new ArrayList<>();
      backend.await(
          List.of(new EarlierProcess(Optional.of(new Host("elsewhere")), pid)), notes::add);
      assertThat(notes)
          .containsExactly(
              "1 process of an earlier run was running on host 'elsewhere', which can not be seen"
                  + " from here: not waited for, it ends there with that run");
      assertThat(ProcessHandle.of(pid)).isPresent();
      backend.await(
          List.of(new EarlierProcess(Optional.of(new Host(ThisHost.name())), pid)),
          note -> {
            notes.add(note);
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
          });
      assertThat(notes).hasSize(2);
      assertThat(notes.get(1)).startsWith("process " + pid + " of folder '', left by");
    } finally {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void theMachineFileIsThereWhileTheSessionIs() {
    Order order = Orders.shell("/a", "cat $JOBFOLD_MACHINEFILE");
    assertThat(run(order).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).hasContent("node1");
    assertThat(root.resolve(".jobfold/machines")).doesNotExist();
  }

  @Test
  void aStepHasItsOwnOutput() {
    Step step =
        new Step("relax", new Functional.Program(new Command.Shell("echo x")), Optional.empty());
    Order order = step(step, Settings.DEFAULT);
    Ended ended = run(order);
    assertThat(List.of(ended.stdout(), ended.stderr()))
        .containsExactly("relax.stdout", "relax.stderr");
    assertThat(root.resolve("a/relax.stdout")).hasContent("x");
    Order named = step(step, Settings.DEFAULT.withStreams(Optional.empty(), "log", "log"));
    assertThat(run(named).stdout()).isEqualTo("log");
    assertThat(root.resolve("a/log")).hasContent("x");
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThat(launchError(Settings.DEFAULT.withStreams(Optional.of("in.melt"), "o", "e")))
        .contains("/a/in.melt");
    assertThat(launchError(Settings.DEFAULT.withStreams(Optional.empty(), "x/o", "e")))
        .contains("the directory of the output file '", "a/x/o' is not there");
    assertThat(launchError(Settings.DEFAULT.withStreams(Optional.empty(), "o", "/dev/null")))
        .contains("'/dev/null' is there and is no regular file");
    assertThat(root.resolve("a/x")).doesNotExist();
  }

  @Test
  void whatTheSystemSaysIsTheReason() throws IOException {
    Launcher full = mock(Launcher.class);
    when(full.start(any())).thenThrow(new IOException("stdout: No space left on device"));
    EventLog events = new EventLog();
    Order order = Orders.shell("/a", "true");
    try (Session session = new LocalBackend(root, () -> full, LocalOptions.ranks(1)).open(events)) {
      session.launch(order);
      assertThat(cause(events.ended(order.id())))
          .isEqualTo(
              new Cause.NoRoom(root.resolve("a").toString(), "stdout: No space left on device"));
    }
  }

  @Test
  void anErrorOfALauncherEndsItsTrialAlone() throws IOException {
    Launcher broken = mock(Launcher.class);
    when(broken.start(any())).thenThrow(new NoClassDefFoundError("broken"));
    EventLog events = new EventLog();
    Order order = Orders.shell("/a", "true");
    try (Session session =
        new LocalBackend(root, () -> broken, LocalOptions.ranks(1)).open(events)) {
      session.launch(order);
      assertThat(cause(events.ended(order.id())).text()).contains("broken");
    }
  }

  @Test
  void startsThroughMpi() {
    assertThat(isInPath("mpirun")).as("mpirun is installed; scripts/test installs it").isTrue();
    Order order = mpi(backend.allocation());
    Ended ended = run(order);
    assertThat(ended.outcome().cause()).as(ended.tail().toString()).isEmpty();
    assertThat(root.resolve("a/stdout")).content().hasLineCount(2).contains("rank 0", "rank 1");
  }

  @Test
  void saysWhatToDoWithoutAnMpiLauncher() {
    backend = backend(LocalOptions.ranks(2).withMpi(MpiLine.parse("no-mpirun {command}")));
    assertThat(cause(run(mpi(backend.allocation()))).text())
        .startsWith("launch error: the MPI launcher 'no-mpirun' is not in the PATH")
        .contains("install Open MPI or MPICH");
  }

  @Test
  void aMissingMpiLauncherIsAProblemOfEachFolderThatNeedsIt() {
    backend = backend(LocalOptions.ranks(2).withMpi(MpiLine.parse("no-mpirun {command}")));
    JobFolder tagged =
        new JobFolder(
            new FolderName("/off"),
            JobFolder.shell("/off", "x").functional(),
            Settings.DEFAULT.withMpi(),
            true);
    JobTree tree =
        JobTree.of(
            JobFolder.shell("/a", "x").with(Settings.DEFAULT.withMpi()),
            JobFolder.shell("/b", "x"),
            tagged);
    assertThat(backend.problems(tree))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text())
                    .contains(
                        "folder '/a': has 'mpi: true', and the MPI launcher 'no-mpirun' is not in the PATH"));
    assertThat(backend(LocalOptions.ranks(2)).problems(tree)).isEmpty();
  }

  @Test
  void aCallIsToldItsParamsAndItsPlace() {
    Ended ended = call(Calls.Tells.class, Map.of("ecut.Ry", "30", "ä", "ö"));
    assertThat(ended.outcome().cause()).as(ended.tail().toString()).isEmpty();
    assertThat(root.resolve("a/told"))
        .content()
        .contains("ecut.Ry=30, ä=ö", "folder=/a", "trial=1", "ranks=1", "hosts=[node1]")
        .contains("directory=" + root.resolve("a"));
  }

  @Test
  void aCallThatThrowsFailed() {
    Ended ended = call(Calls.Fails.class, Map.of());
    assertThat(cause(ended)).isEqualTo(new Cause.ExitCode(1));
    assertThat(root.resolve("a/stderr")).content().startsWith("java.io.IOException: no luck");
  }

  @Test
  void theFilesOfACallDecide() {
    assertThat(call(Calls.Counts.class, Map.of("lines", "2")).tail())
        .singleElement()
        .asString()
        .contains("do not show success");
    Map<String, String> two = Map.of("lines", "2", "throws", "but the files are good");
    assertThat(call(Calls.Counts.class, two).outcome().succeeded()).isTrue();
    assertThat(call(Calls.Counts.class, two).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).content().contains("passed over");
    assertThat(root.resolve("a/lines")).content().hasLineCount(2);
    Map<String, String> again = Map.of("lines", "2", "overwrite", "true");
    assertThat(call(Calls.Counts.class, again).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/lines")).content().hasLineCount(3);
  }

  @Test
  void aThreadThatACallForgotDoesNotHoldTheRanks() {
    assertThat(call(Calls.Lingers.class, Map.of()).outcome().succeeded()).isTrue();
  }

  @Test
  void aPlainMain() {
    assertThat(call(Calls.Plain.class, Map.of()).outcome().succeeded()).isTrue();
    assertThat(root.resolve("a/stdout")).hasContent("arguments: 0");
    Ended ended = call(Calls.PlainFails.class, Map.of());
    assertThat(cause(ended)).isEqualTo(new Cause.ExitCode(1));
    assertThat(root.resolve("a/stderr"))
        .content()
        .startsWith("java.lang.IllegalStateException: plain trouble");
  }

  @Test
  void whatIsNoCallIsRefused() {
    assertThat(refusal("no.such.Class"))
        .contains("class 'no.such.Class' was not found in '", "add its jar or directory");
    assertThat(refusal(Calls.Nothing.class.getName())).contains("is no call: let it implement");
    assertThat(refusal(Calls.NeedsMore.class.getName())).contains("constructor without parameters");
  }

  private String refusal(String className) {
    Ended ended = call(className, Map.of());
    assertThat(cause(ended)).isEqualTo(new Cause.ExitCode(2));
    return String.join("\n", ended.tail());
  }

  private Ended call(Class<?> type, Map<String, String> params) {
    return call(type.getName(), params);
  }

  private Ended call(String className, Map<String, String> params) {
    // The classes of the tests, relative to the folder.
    Path tests = Path.of("target", "test-classes").toAbsolutePath();
    String entry = root.resolve("a").relativize(tests).toString();
    Functional.Call call = new Functional.Call(className, List.of(entry), List.of("-Xmx64m"));
    Settings settings = Settings.DEFAULT.overriddenBy(params);
    return run(Orders.of(JobFolder.of("/a", call, settings)));
  }

  private String launchError(Settings settings) {
    Cause cause = cause(run(Orders.shell("/a", "true", settings)));
    assertThat(cause).isInstanceOf(Cause.LaunchError.class);
    return cause.text();
  }

  private static Order mpi(Placement placement) {
    JobFolder folder = JobFolder.of("/a", MPI_PROGRAM, Settings.DEFAULT.withMpi());
    return new Order(
        new TrialId(folder.name(), 1, 0), folder, Step.only(MPI_PROGRAM), placement, 0);
  }

  private static Order step(Step step, Settings settings) {
    JobFolder folder = JobFolder.of("/a", new Functional.Steps(List.of(step)), settings);
    return new Order(new TrialId(folder.name(), 1, 0), folder, step, Orders.ranks("node1", 1), 0);
  }

  @Test
  void aProcessThatSomebodyEndsJustBeforeTheRunIsAskedToEndHasNotFailedOfItself() {
    backend = backend(LocalOptions.ranks(1).withDoubt(Duration.ofMinutes(10)));
    EventLog events = new EventLog();
    Order order = Orders.shell("/a", "kill -TERM $$");
    try (Session session = backend.open(events)) {
      session.launch(order);
      ProcessHandle.of(events.started(order.id()).pid()).ifPresent(p -> p.onExit().join());
      assertThat(events.all()).as("its end is not told yet").hasSize(1);
      session.end(order.id(), Force.TERMINATE);
      assertThat(cause(events.ended(order.id()))).isEqualTo(new Cause.Signal(15));
    }
  }

  @Test
  void anEndInDoubtIsToldWhenNothingComes() {
    backend = backend(LocalOptions.ranks(1).withDoubt(Duration.ofMillis(50)));
    assertThat(cause(run(Orders.shell("/a", "kill -TERM $$")))).isEqualTo(new Cause.Signal(15));
    assertThat(cause(run(Orders.shell("/a", "exit 143")))).isEqualTo(new Cause.ExitCode(143));
  }

  @Test
  void aSessionThatIsClosedWaitsForNoDoubt() {
    backend = backend(LocalOptions.ranks(1).withDoubt(Duration.ofMinutes(10)));
    EventLog events = new EventLog();
    Order order = Orders.shell("/a", "kill -TERM $$");
    try (Session session = backend.open(events)) {
      session.launch(order);
      events.started(order.id());
    }
    assertThat(cause(events.ended(order.id()))).isInstanceOf(Cause.Signal.class);
  }

  private Ended run(Order order) {
    EventLog events = new EventLog();
    try (Session session = backend.open(events)) {
      session.launch(order);
      return events.ended(order.id());
    }
  }

  private LocalBackend backend(LocalOptions options) {
    return new LocalBackend(root, () -> Launchers.best(LauncherSettings.standard()), options);
  }

  private static Cause cause(Ended ended) {
    return ended.outcome().cause().orElseThrow();
  }

  private static boolean isInPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
  }
}
