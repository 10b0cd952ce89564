package org.jobfold.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes by {@code posix_spawn}: session, signals, directory, streams and program in one
 * call. Thread-safe; memory is used again.
 *
 * <p>It never waits for a process and never ends one.
 */
final class Spawner {
  /** Who changes to the working directory. */
  enum Chdir {
    /** The system: a file action. */
    SYSTEM,
    /** A fixed line of {@code /bin/sh}, where the C library lacks the action. */
    SHELL;

    static Chdir best() {
      return LibC.has(LibC.ChangeDirectory.NAME) ? SYSTEM : SHELL;
    }
  }

  private static final String SHELL = "/bin/sh";
  private static final String CHANGE_AND_EXECUTE =
      "cd \"$1\" && unset OLDPWD && shift && exec \"$@\"";
  private static final Path NOTHING = Path.of("/dev/null");
  private static final int CREATE = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL;
  private static final int ALL_MAY_READ_AND_WRITE = 0666;
  private static final int BUSY_TRIALS = 10;

  /** The attributes: the structure is 336 bytes in glibc, signal sets 128 in all. */
  private static final int SET = 512;

  private final ConcurrentLinkedQueue<Call> idle = new ConcurrentLinkedQueue<>();
  private final Memory attributes = new Memory(1024);
  private final BaseEnvironment base;
  private final Mark mark;
  private final Chdir chdir;
  private final ProgramSearch programs;
  private final Descriptors descriptors = Descriptors.best();

  Spawner(BaseEnvironment base, Mark mark, Chdir chdir) {
    this.base = base;
    this.mark = mark;
    this.chdir = chdir;
    this.programs = new ProgramSearch(this::isExecutable, base.value("PATH").orElse(""));
    long set = attributes.at(SET);
    LibC.posix_spawnattr_init(attributes.at(0));
    LibC.sigemptyset(set);
    LibC.posix_spawnattr_setsigmask(attributes.at(0), set);
    LibC.sigfillset(set);
    LibC.sigdelset(set, LibC.SIGKILL);
    LibC.sigdelset(set, LibC.SIGSTOP);
    LibC.posix_spawnattr_setsigdefault(attributes.at(0), set);
    LibC.posix_spawnattr_setflags(
        attributes.at(0),
        (short)
            (LibC.POSIX_SPAWN_SETSID | LibC.POSIX_SPAWN_SETSIGMASK | LibC.POSIX_SPAWN_SETSIGDEF));
  }

  /** Starts a process, marked with a number, and returns its id. */
  int spawn(ProcessSpec spec, long number) throws IOException {
    Refusals.check(spec);
    Call call = Optional.ofNullable(idle.poll()).orElseGet(Call::new);
    try {
      refuseStderr(call, spec);
      String program = find(call, spec);
      Attempt attempt = attempt(call, spec, number, program);
      if (attempt.error == LibC.ENOENT && programs.forget(spec)) {
        SpawnFailure.tidy(spec, attempt.error);
        program = programs.find(spec);
        attempt = attempt(call, spec, number, program);
      }
      if (attempt.error != 0) {
        SpawnFailure.tidy(spec, attempt.error);
        throw programFailure(call, spec, program, attempt.error);
      }
      return attempt.pid;
    } finally {
      idle.add(call);
    }
  }

  /**
   * Looks for stderr before stdout is created: afterwards nobody could say whether an empty stdout
   * is ours to remove.
   */
  private static void refuseStderr(Call call, ProcessSpec spec) throws IOException {
    if (!spec.stderr().equals(spec.stdout())
        && call.access(spec.directory(), spec.stderr(), LibC.F_OK) == 0) {
      throw Refusals.exists("stderr", spec.directory().resolve(spec.stderr()));
    }
  }

  /**
   * Starts a process with the plain environment of this JVM, in {@code /}, that reads a descriptor
   * of ours and writes nowhere; returns its id.
   */
  int spawnReader(List<String> argv, int descriptor) throws IOException {
    Call call = new Call();
    Strings strings = call.strings;
    strings.clear();
    int nothing = strings.add(NOTHING);
    int[] offsets = argv.stream().mapToInt(strings::add).toArray();
    int begin = strings.pointTo(0) + 1;
    for (int offset : offsets) {
      strings.point(offset);
    }
    strings.pointTo(0);
    int environment = base.write(strings);
    strings.seal();
    long actions = call.begin();
    LibC.posix_spawn_file_actions_adddup2(actions, descriptor, 0);
    LibC.posix_spawn_file_actions_addopen(actions, 1, strings.string(nothing), LibC.O_WRONLY, 0);
    LibC.posix_spawn_file_actions_adddup2(actions, 1, 2);
    int error = call.spawn(strings.string(offsets[0]), begin, environment);
    if (error != 0) {
      throw Refusals.programFailed(argv.get(0), Errors.text(error));
    }
    return call.pid();
  }

  private record Attempt(int error, int pid) {}

  private Attempt attempt(Call call, ProcessSpec spec, long number, String program)
      throws IOException {
    Attempt attempt = retryWhileWritten(call, spec, number, program, arguments(spec, program));
    if (attempt.error != LibC.ENOEXEC) {
      return attempt;
    }
    SpawnFailure.removeOutputs(spec);
    List<String> script = new ArrayList<>(spec.argv());
    script.set(0, program);
    script.add(0, SHELL);
    return retryWhileWritten(call, spec, number, SHELL, script);
  }

  private List<String> arguments(ProcessSpec spec, String program) {
    if (chdir == Chdir.SYSTEM) {
      return spec.argv();
    }
    List<String> argv = new ArrayList<>();
    argv.add(SHELL);
    argv.add("-c");
    argv.add(CHANGE_AND_EXECUTE);
    argv.add(SHELL);
    argv.add(spec.directory().toString());
    argv.add(program);
    argv.addAll(spec.argv().subList(1, spec.argv().size()));
    return argv;
  }

  /** A program is busy for a moment while a process that is just being forked has it open. */
  private Attempt retryWhileWritten(
      Call call, ProcessSpec spec, long number, String program, List<String> argv)
      throws IOException {
    Attempt attempt = once(call, spec, number, program, argv);
    for (int trial = 1; attempt.error == LibC.ETXTBSY && trial < BUSY_TRIALS; trial++) {
      SpawnFailure.removeOutputs(spec);
      pause(trial);
      attempt = once(call, spec, number, program, argv);
    }
    return attempt;
  }

  private static void pause(int milliseconds) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the process was started", e);
    }
  }

  private Attempt once(
      Call call, ProcessSpec spec, long number, String program, List<String> argv) {
    Strings strings = call.strings;
    strings.clear();
    boolean byShell = chdir == Chdir.SHELL;
    boolean oneFile = spec.stderr().equals(spec.stdout());
    int directory = strings.add(spec.directory());
    int path = strings.add(byShell ? SHELL : program);
    int stdin = strings.add(placed(spec, spec.stdin().orElse(NOTHING)));
    int stdout = strings.add(placed(spec, spec.stdout()));
    int stderr = oneFile ? stdout : strings.add(placed(spec, spec.stderr()));
    int arguments = strings.point(strings.add(argv.get(0)));
    for (int i = 1; i < argv.size(); i++) {
      strings.point(strings.add(argv.get(i)));
    }
    strings.pointTo(0);
    int environment = base.write(spec.variables(), mark.run(), mark.chain(number), strings);
    strings.seal();

    long actions = call.begin();
    if (!byShell) {
      LibC.ChangeDirectory.posix_spawn_file_actions_addchdir_np(actions, strings.string(directory));
    }
    LibC.posix_spawn_file_actions_addopen(actions, 0, strings.string(stdin), LibC.O_RDONLY, 0);
    create(actions, 1, strings.string(stdout));
    if (oneFile) {
      LibC.posix_spawn_file_actions_adddup2(actions, 1, 2);
    } else {
      create(actions, 2, strings.string(stderr));
    }
    int error = call.spawn(strings.string(path), arguments, environment);
    return new Attempt(error, call.pid());
  }

  private static void create(long actions, int descriptor, long path) {
    LibC.posix_spawn_file_actions_addopen(
        actions, descriptor, path, CREATE, ALL_MAY_READ_AND_WRITE);
  }

  /** Where a file is, for the process that opens it. */
  private Path placed(ProcessSpec spec, Path file) {
    return chdir == Chdir.SYSTEM ? file : spec.directory().resolve(file);
  }

  /**
   * Finds the program. What the system says by an error the shell can only say by its exit code, so
   * with the shell all is looked at beforehand.
   */
  private String find(Call call, ProcessSpec spec) throws IOException {
    String program = programs.find(spec);
    if (chdir == Chdir.SYSTEM) {
      return program;
    }
    SpawnFailure.refuseDirectory(spec);
    int error = call.access(spec.directory(), program, LibC.X_OK);
    if (error == LibC.ENOENT && programs.forget(spec)) {
      return find(call, spec);
    }
    if (error != 0 || call.access(spec.directory(), program + "/.", LibC.F_OK) == 0) {
      throw programFailure(call, spec, program, error == 0 ? LibC.EACCES : error);
    }
    SpawnFailure.refuseInterpreter(program, spec.directory().resolve(program));
    return program;
  }

  private static IOException programFailure(
      Call call, ProcessSpec spec, String program, int error) {
    return switch (error) {
      case LibC.ENOENT, LibC.ENOTDIR ->
          call.access(spec.directory(), program, LibC.F_OK) == 0
              ? Refusals.noInterpreter(program)
              : Refusals.noProgram(program);
      case LibC.EACCES ->
          call.access(spec.directory(), program + "/.", LibC.F_OK) == 0
              ? Refusals.programIsDirectory(program)
              : Refusals.notExecutable(program);
      default -> Refusals.programFailed(program, Errors.text(error));
    };
  }

  private boolean isExecutable(String file) {
    Call call = new Call();
    return call.access(file, LibC.X_OK) == 0 && call.access(file + "/.", LibC.F_OK) != 0;
  }

  /** The memory of one call. */
  final class Call {
    private static final int ACTIONS = 0;
    private static final int PID = 512;
    private final Memory memory = new Memory(1024);
    private final Strings strings = new Strings();

    private long begin() {
      LibC.posix_spawn_file_actions_init(memory.at(ACTIONS));
      return memory.at(ACTIONS);
    }

    private int spawn(long path, int arguments, int environment) {
      descriptors.closeFrom(memory.at(ACTIONS));
      int error =
          LibC.posix_spawn(
              memory.at(PID),
              path,
              memory.at(ACTIONS),
              attributes.at(0),
              strings.table(arguments),
              strings.table(environment));
      LibC.posix_spawn_file_actions_destroy(memory.at(ACTIONS));
      return error;
    }

    private int pid() {
      return memory.getInt(PID);
    }

    /** 0, or the error. */
    int access(String path, int mode) {
      return LibC.access(address(path), mode) == 0 ? 0 : LibC.errno();
    }

    /** 0, or the error; a relative path is one from the directory. */
    int access(Path directory, String path, int mode) {
      return access(path.startsWith("/") ? path : directory + "/" + path, mode);
    }

    int access(Path directory, Path path, int mode) {
      strings.clear();
      int offset = strings.add(directory.resolve(path));
      strings.seal();
      return LibC.access(strings.string(offset), mode) == 0 ? 0 : LibC.errno();
    }

    private long address(String path) {
      strings.clear();
      int offset = strings.add(path);
      strings.seal();
      return strings.string(offset);
    }
  }
}
