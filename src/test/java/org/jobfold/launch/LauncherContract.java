package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jobfold.spi.Force;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every launcher does, with real processes. */
@Timeout(120)
abstract class LauncherContract {
  private static final Path OUT = Path.of("out");
  private static final Path ERR = Path.of("err");
  private static final Duration SHORT_GRACE = Duration.ofMillis(300);

  Path temporary = Path.of("/");
  Path folder = Path.of("/");
  Launcher launcher = new NoLauncher();

  abstract Launcher open(LauncherSettings settings) throws IOException;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    temporary = directory.toRealPath();
    folder = Files.createDirectory(temporary.resolve("folder"));
    launcher = open(LauncherSettings.standard().withGrace(SHORT_GRACE));
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  // ---- what a process gets

  @Test
  void ranInItsDirectory() throws IOException {
    assertThat(outputOf("pwd -P")).isEqualTo(folder + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "new\nline",
        "quote'\"`$HOME",
        "-dash",
        "größe-日本",
        "back\\slash*?[",
        "=",
        "{}"
      })
  void namesAreTakenAsTheyAre(String name) throws IOException {
    folder = Files.createDirectory(folder.resolve(name));
    Files.writeString(folder.resolve(name), "from stdin");
    ProcessSpec spec =
        new ProcessSpec(
            List.of("/bin/sh", "-c", "cat; printf '|%s' \"$1\" \"$VALUE\"", "sh", name),
            folder,
            Map.of("VALUE", name),
            Optional.of(Path.of(name)),
            Path.of(name + ".out"),
            Path.of(name + ".err"));
    assertSucceeds(launcher.start(spec));
    assertThat(folder.resolve(name + ".out")).hasContent("from stdin|" + name + "|" + name);
    assertThat(folder.resolve(name + ".err")).isEmptyFile();
  }

  @Test
  void streamsAreFiles() throws IOException {
    Files.writeString(folder.resolve("in"), "input");
    ProcessSpec spec =
        new ProcessSpec(
            List.of("sh", "-c", "cat; echo problem >&2"),
            folder,
            Map.of(),
            Optional.of(Path.of("in")),
            temporary.resolve("elsewhere"),
            ERR);
    assertSucceeds(launcher.start(spec));
    assertThat(temporary.resolve("elsewhere")).hasContent("input");
    assertThat(folder.resolve(ERR)).hasContent("problem");
  }

  @Test
  void stdinIsEmptyUnlessNamed() throws IOException {
    assertThat(outputOf("wc -c")).isEqualToIgnoringWhitespace("0");
  }

  @Test
  void bothStreamsGoToOneFileInOrder() throws IOException {
    ProcessSpec spec =
        new ProcessSpec(
            List.of("sh", "-c", "echo a; echo b >&2; echo c"),
            folder,
            Map.of(),
            Optional.empty(),
            OUT,
            OUT);
    assertSucceeds(launcher.start(spec));
    assertThat(folder.resolve(OUT)).hasContent("a\nb\nc");
  }

  @Test
  void isLeaderOfItsOwnSession() throws IOException {
    Running running = start("cut -d ' ' -f 5,6 /proc/$$/stat");
    assertSucceeds(running);
    assertThat(folder.resolve(OUT)).hasContent(running.pid() + " " + running.pid());
  }

  @Test
  void noOtherFileIsOpen() throws IOException {
    Pipe pipe = Pipe.open();
    try (ServerSocketChannel socket = ServerSocketChannel.open();
        Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      assertThat(List.of(socket, source, sink)).allMatch(channel -> channel.isOpen());
      // ls has the directory itself open, as 3.
      assertThat(outputOf("ls /proc/self/fd")).isEqualTo("0\n1\n2\n3\n");
    }
  }

  @Test
  void noSignalIsIgnoredOrBlocked() throws IOException {
    // 32 and 33 are the C library's own.
    assertThat(outputOf("grep -E '^Sig(Blk|Ign)' /proc/self/status"))
        .matches("SigBlk:\t0{16}\nSigIgn:\t0{7}[01][08]0{7}\n");
  }

  @Test
  void variablesReplaceAndJoinThoseOfThisJvm() throws IOException {
    String path = System.getenv("PATH");
    ProcessSpec spec =
        spec(List.of("sh", "-c", "echo \"$HOME|$NEW|$PATH\""), Map.of("HOME", "/x", "NEW", "ä=b"));
    assertSucceeds(launcher.start(spec));
    assertThat(folder.resolve(OUT)).hasContent("/x|ä=b|" + path);
  }

  @Test
  void hiddenVariablesAreNotHandedOn() throws IOException {
    try (Launcher hiding = open(LauncherSettings.standard().hiding(Set.of("HOME")))) {
      assertSucceeds(
          hiding.start(spec(List.of("sh", "-c", "echo ${HOME-none} ${PATH:+some}"), Map.of())));
    }
    assertThat(folder.resolve(OUT)).hasContent("none some");
  }

  @Test
  void eachLauncherHasItsOwnMark() throws IOException {
    String first = outputOf("echo $JOBFOLD_RUN");
    Files.delete(folder.resolve(OUT));
    Files.delete(folder.resolve(ERR));
    String again = outputOf("echo $JOBFOLD_RUN");
    Files.delete(folder.resolve(OUT));
    Files.delete(folder.resolve(ERR));
    try (Launcher other = open(LauncherSettings.standard())) {
      assertSucceeds(other.start(spec("echo $JOBFOLD_RUN")));
    }
    assertThat(first).isNotBlank().isEqualTo(again);
    assertThat(folder.resolve(OUT)).content().isNotBlank().isNotEqualTo(first);
  }

  @Test
  void programIsSearchedInThePathItWillHave() throws IOException {
    Path bin = Files.createDirectory(folder.resolve("my bin"));
    executable(bin.resolve("tool"), "#!/bin/sh\necho found");
    ProcessSpec spec = spec(List.of("tool"), Map.of("PATH", "/nowhere:" + bin));
    assertSucceeds(launcher.start(spec));
    assertThat(folder.resolve(OUT)).hasContent("found");
  }

  @Test
  void programThatMovedInThePathIsFoundAgain() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Map<String, String> path = Map.of("PATH", one + ":" + two);
    executable(one.resolve("tool"), "#!/bin/sh\n");
    assertSucceeds(launcher.start(spec(List.of("tool"), path)));
    removeOutputs();
    Files.move(one.resolve("tool"), two.resolve("tool"));
    assertSucceeds(launcher.start(spec(List.of("tool"), path)));
  }

  @Test
  void programWithSlashIsRelativeToTheDirectory() throws IOException {
    Files.createDirectory(folder.resolve("bin"));
    executable(folder.resolve("bin/tool"), "#!/bin/sh\necho here");
    assertSucceeds(launcher.start(spec(List.of("bin/tool"), Map.of())));
    assertThat(folder.resolve(OUT)).hasContent("here");
  }

  @Test
  void scriptWithoutFirstLineIsRunByTheShell() throws IOException {
    executable(folder.resolve("run"), "echo \"$0 $1\"");
    assertSucceeds(launcher.start(spec(List.of("./run", "a b"), Map.of())));
    assertThat(folder.resolve(OUT)).content().endsWith("/run a b\n");
  }

  // ---- what is refused

  @Test
  void existingStdoutIsRefusedAndUntouched() throws IOException {
    Files.writeString(folder.resolve(OUT), "precious");
    assertThatThrownBy(() -> start("echo new"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("stdout file exists")
        .hasMessageContaining(folder.resolve(OUT).toString());
    assertThat(folder.resolve(OUT)).hasContent("precious");
    assertThat(folder.resolve(ERR)).doesNotExist();
  }

  @Test
  void existingStderrIsRefusedAndUntouched() throws IOException {
    Files.createFile(folder.resolve(ERR));
    assertThatThrownBy(() -> start("echo new"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("stderr file exists")
        .hasMessageContaining(folder.resolve(ERR).toString());
    assertThat(folder.resolve(ERR)).isEmptyFile();
    assertThat(folder.resolve(OUT)).doesNotExist();
  }

  @Test
  void danglingLinkAsStdoutIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve(OUT), temporary.resolve("victim"));
    assertThatThrownBy(() -> start("echo new")).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(temporary.resolve("victim")).doesNotExist();
    assertThat(folder.resolve(OUT)).isSymbolicLink();
  }

  @Test
  void missingProgramIsNamed() throws IOException {
    assertRefused(
        spec(List.of("no-such-program"), Map.of("PATH", "/bin")),
        "program 'no-such-program' not found in PATH '/bin'");
    assertRefused(spec(List.of("./gone"), Map.of()), "program './gone' does not exist");
    assertRefused(spec(List.of("/no/where"), Map.of()), "program '/no/where' does not exist");
  }

  @Test
  void programThatCanNotBeExecutedIsNamed() throws IOException {
    Files.writeString(folder.resolve("text"), "#!/bin/sh\n");
    assertRefused(spec(List.of("./text"), Map.of()), "program './text' is not executable: chmod");
    executable(folder.resolve("old"), "#!/no/such/perl\n");
    assertRefused(spec(List.of("./old"), Map.of()), "program './old' exists but can not run");
    assertRefused(spec(List.of("/tmp"), Map.of()), "program '/tmp' is a directory");
  }

  @Test
  void missingDirectoryIsNamed() throws IOException {
    Files.delete(folder);
    ProcessSpec spec =
        new ProcessSpec(
            List.of("true"),
            folder,
            Map.of(),
            Optional.empty(),
            temporary.resolve("o"),
            temporary.resolve("e"));
    assertRefused(spec, "directory '" + folder + "' is gone");
    assertThat(temporary.resolve("o")).doesNotExist();
    Files.createFile(folder);
    assertThatThrownBy(() -> launcher.start(spec))
        .hasMessageContaining("'" + folder + "' is not a directory");
  }

  @Test
  void missingStdinIsNamed() throws IOException {
    assertRefused(
        new ProcessSpec(List.of("cat"), folder, Map.of(), Optional.of(Path.of("input")), OUT, ERR),
        "stdin file '" + folder.resolve("input") + "' does not exist");
  }

  @Test
  void outputInMissingDirectoryIsNamed() throws IOException {
    assertRefused(
        new ProcessSpec(
            List.of("true"), folder, Map.of(), Optional.empty(), Path.of("logs/out"), ERR),
        "stdout file '" + folder.resolve("logs/out") + "' can not be created");
    assertRefused(
        new ProcessSpec(
            List.of("true"), folder, Map.of(), Optional.empty(), OUT, Path.of("logs/err")),
        "stderr file '" + folder.resolve("logs/err") + "' can not be created");
  }

  @Test
  void whatNoSystemCanStartIsRefused() throws IOException {
    assertRefused(spec(List.of("true", "a\0b"), Map.of()), "argument 'a\\0b' has a zero byte");
    assertRefused(spec(List.of("true"), Map.of("A=B", "c")), "variable 'A=B' has no valid name");
    assertRefused(spec(List.of("true"), Map.of("", "c")), "variable '' has no valid name");
    assertRefused(spec(List.of("true", "x".repeat(200_000)), Map.of()), "can not be started");
  }

  @Test
  void nothingIsStartedAfterClose() throws IOException {
    launcher.close();
    assertRefused(spec("true"), "the launcher is closed");
  }

  // ---- how it ended

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 126, 255})
  void exitCodeArrives(int code) throws IOException {
    Exit exit = start("exit " + code).waitFor();
    assertThat(exit.code()).isEqualTo(code);
    assertThat(exit.signal()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 9, 11, 15})
  void signalArrives(int signal) throws IOException {
    assertThat(start("ulimit -c 0; kill -" + signal + " $$").waitFor().signal()).isEqualTo(signal);
  }

  @Test
  void elapsedIsMeasured() throws IOException {
    Exit exit = start("sleep 0.2").waitFor();
    assertThat(exit.usage().elapsed()).isBetween(Duration.ofMillis(200), Duration.ofSeconds(30));
  }

  @Test
  void exitCodesAreExactWhenManyStartAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int code = i % 100;
        ProcessSpec spec =
            new ProcessSpec(
                List.of("sh", "-c", "exit $CODE"),
                folder,
                Map.of("CODE", Integer.toString(code)),
                Optional.empty(),
                Path.of("out" + i),
                Path.of("err" + i));
        calls.add(() -> launcher.start(spec).waitFor().code() - code);
      }
      for (Future<Integer> difference : threads.invokeAll(calls)) {
        assertThat(difference.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
  }

  // ---- how it is ended

  @Test
  void askedToEndItMayTidyUp() throws IOException {
    Running running =
        start("trap 'echo tidied; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
    Await.text(folder.resolve(OUT));
    running.end(Force.TERMINATE);
    assertThat(running.waitFor().code()).isEqualTo(3);
    assertThat(folder.resolve(OUT)).hasContent("ready\ntidied");
  }

  @Test
  void forcedToEndItDoes() throws IOException {
    Running running = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    Await.text(folder.resolve(OUT));
    running.end(Force.TERMINATE);
    running.end(Force.KILL);
    assertThat(running.waitFor().signal()).isEqualTo(9);
    running.end(Force.KILL);
  }

  @Test
  void stoppedProcessTakesNotice() throws IOException {
    Running running = start("echo ready; kill -STOP $$; sleep 60");
    Await.until("it is stopped", () -> state(running).equals(Optional.of('T')));
    running.end(Force.TERMINATE);
    assertThat(running.waitFor().signal()).isEqualTo(15);
  }

  @Test
  void aSignalTellsItAndItsChildrenSomethingAndDoesNotEndIt() throws IOException {
    Running running =
        start(
            "(trap 'echo child > told' USR1; echo ready > child; while ! [ -e told ]; do sleep 0.02; done) & "
                + "trap 'echo told' USR1; "
                + waitFor("child")
                + "; echo ready; until [ -e told ]; do sleep 0.02; done; wait; exit 7");
    Await.text(folder.resolve(OUT));
    running.signal(10);
    assertThat(running.waitFor().code()).isEqualTo(7);
    assertThat(folder.resolve(OUT)).hasContent("ready\ntold");
    assertThat(folder.resolve("told")).hasContent("child");
    running.signal(10);
  }

  @Test
  void backgroundChildIsEnded() throws IOException {
    Running running = start("sleep 300 & echo $! > pid");
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void childInItsOwnSessionIsEnded() throws IOException {
    Running running = start("setsid sh -c 'echo $$ > pid; exec sleep 300' & " + waitFor("pid"));
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void daemonIsEnded() throws IOException {
    Running running =
        start(
            "setsid sh -c '(sh -c \"echo \\$\\$ > pid; exec sleep 300\" &) ' ; " + waitFor("pid"));
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void leftChildIsAskedFirst() throws IOException {
    Running running =
        start(
            "setsid sh -c 'trap \"echo asked > asked; exit\" TERM; echo $$ > pid;"
                + " while :; do sleep 0.02; done' & "
                + waitFor("pid"));
    assertSucceeds(running);
    assertThat(folder.resolve("asked")).hasContent("asked");
  }

  @Test
  void leftChildThatDoesNotListenIsForced() throws IOException {
    Running running =
        start(
            "setsid sh -c 'trap \"\" TERM; echo $$ > pid; while :; do sleep 0.02; done' & "
                + waitFor("pid"));
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void leftStoppedChildIsEnded() throws IOException {
    Running running =
        start("setsid sh -c 'echo $$ > pid; kill -STOP $$; sleep 300' & " + waitFor("pid"));
    assertSucceeds(running);
    assertThat(Await.isAlive(Await.pid(folder.resolve("pid")))).isFalse();
  }

  @Test
  void descendantsInOtherSessionsAreAskedToo() throws IOException {
    Running running =
        start(
            "trap 'wait; exit 0' TERM; setsid sh -c 'trap \"echo asked > asked; exit\" TERM;"
                + " echo $$ > pid; while :; do sleep 0.02; done' & wait; wait");
    int pid = Await.pid(folder.resolve("pid"));
    running.end(Force.TERMINATE);
    running.waitFor();
    assertThat(folder.resolve("asked")).hasContent("asked");
    assertThat(Await.isAlive(pid)).isFalse();
  }

  @Test
  void forkingTreeIsForcedToTheLast() throws IOException {
    Running running =
        start(
            "echo '#!/bin/sh\ntrap \"\" TERM; [ $1 = 0 ] && exec sleep 300\n"
                + "setsid ./tree $(($1 - 1)) & setsid ./tree $(($1 - 1)) & echo x >> grown; wait'"
                + " > tree; chmod +x tree; ./tree 4");
    Await.until("it has grown", () -> Await.read(folder.resolve("grown")).length() >= 20);
    running.end(Force.KILL);
    assertThat(running.waitFor().signal()).isEqualTo(9);
    assertNoneIn(folder);
  }

  @Test
  void closeEndsWhatRuns() throws IOException {
    start("trap '' TERM; setsid sh -c 'echo $$ > pid; exec sleep 300' & sleep 300");
    int pid = Await.pid(folder.resolve("pid"));
    launcher.close();
    assertThat(Await.isAlive(pid)).isFalse();
    assertNoneIn(folder);
  }

  @Test
  void othersOfThisJvmAreLeftAlone() throws IOException, InterruptedException {
    Process session =
        other("exec setsid sh -c 'echo $$ > " + temporary + "/other; exec sleep 300'");
    Process plain = other("read line; exit 42");
    int pid = Await.pid(temporary.resolve("other"));
    for (int i = 0; i < 20; i++) {
      assertThat(start("sleep 300 & exit 0").waitFor().code()).isZero();
      removeOutputs();
    }
    assertThat(other("exit 41").waitFor()).isEqualTo(41);
    launcher.close();
    assertThat(Await.isAlive(pid)).isTrue();
    plain.getOutputStream().close();
    assertThat(plain.waitFor()).isEqualTo(42);
    session.destroy();
    assertThat(session.waitFor()).isEqualTo(143);
  }

  @Test
  void oneProcessDoesNotEndWhatAnotherLeft() throws IOException {
    Running one =
        start("setsid sh -c '(sh -c \"echo \\$\\$ > pid; exec sleep 300\" &)'; " + waitFor("stop"));
    int pid = Await.pid(folder.resolve("pid"));
    ProcessSpec spec =
        new ProcessSpec(
            List.of("sh", "-c", "setsid sleep 300 & exit 0"),
            folder,
            Map.of(),
            Optional.empty(),
            Path.of("out2"),
            Path.of("err2"));
    assertSucceeds(launcher.start(spec));
    assertThat(Await.isAlive(pid)).isTrue();
    Files.writeString(folder.resolve("stop"), "now\n");
    assertSucceeds(one);
    assertThat(Await.isAlive(pid)).isFalse();
  }

  @Test
  void eachEndsWhatItLeftWhenManyRun() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Path one = Files.createDirectory(folder.resolve("one" + i));
        ProcessSpec spec =
            new ProcessSpec(
                List.of(
                    "sh",
                    "-c",
                    "setsid sh -c '(sh -c \"echo \\$\\$ > pid; exec sleep 300\" &)'; sleep 300 & "
                        + waitFor("pid")),
                one,
                Map.of(),
                Optional.empty(),
                OUT,
                ERR);
        calls.add(
            () -> {
              Exit exit = launcher.start(spec).waitFor();
              return exit.code() == 0 && !Await.isAlive(Await.pid(one.resolve("pid")));
            });
      }
      for (Future<Boolean> clean : threads.invokeAll(calls)) {
        assertThat(clean.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  // ---- words of these tests

  Running start(String script) throws IOException {
    return launcher.start(spec(script));
  }

  ProcessSpec spec(String script) {
    return spec(List.of("/bin/sh", "-c", script), Map.of());
  }

  ProcessSpec spec(List<String> argv, Map<String, String> variables) {
    return new ProcessSpec(argv, folder, variables, Optional.empty(), OUT, ERR);
  }

  String outputOf(String script) throws IOException {
    assertSucceeds(start(script));
    return Files.readString(folder.resolve(OUT));
  }

  void assertSucceeds(Running running) {
    Exit exit = running.waitFor();
    assertThat(exit.code()).as(() -> Await.read(folder.resolve(ERR))).isZero();
    assertThat(exit.signal()).isZero();
  }

  private void assertRefused(ProcessSpec spec, String message) {
    assertThatThrownBy(() -> launcher.start(spec))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
    assertThat(folder.resolve(OUT)).doesNotExist();
    assertThat(folder.resolve(ERR)).doesNotExist();
  }

  void removeOutputs() throws IOException {
    Files.delete(folder.resolve(OUT));
    Files.delete(folder.resolve(ERR));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static String waitFor(String file) {
    return "until [ -s " + file + " ]; do sleep 0.01; done";
  }

  private static Process other(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script).start();
  }

  private static Optional<Character> state(Running running) {
    return ProcessTable.entry((int) running.pid()).map(ProcessEntry::state);
  }

  /** No process has the folder as its directory. */
  static void assertNoneIn(Path folder) {
    assertThat(ProcessTable.read().all())
        .filteredOn(entry -> !entry.isZombie() && directory(entry).equals(folder))
        .isEmpty();
  }

  private static Path directory(ProcessEntry entry) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + entry.pid() + "/cwd"));
    } catch (IOException e) {
      return Path.of("/");
    }
  }

  /** Before a test has opened one. */
  private record NoLauncher() implements Launcher {
    @Override
    public Running start(ProcessSpec spec) throws IOException {
      throw new IOException("no launcher was opened");
    }

    @Override
    public void close() {}
  }
}
