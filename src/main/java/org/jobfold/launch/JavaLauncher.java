package org.jobfold.launch;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jobfold.spi.Force;
import org.jobfold.thread.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes with the means of the JDK: the stand-in where the native launcher can not load.
 *
 * <p>As far as the JDK goes: a process has a session of its own only where there is a {@code
 * setsid} program; a signal that this JVM was started to ignore is ignored by its processes too;
 * CPU time and memory are not known; an exit code of 129 to 192 counts as a signal; and without
 * {@code /proc} what a process has left behind is not found once it has ended, nor if this JVM is
 * killed.
 */
final class JavaLauncher implements Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(JavaLauncher.class);
  private static final File NOTHING = new File("/dev/null");
  private static final List<String> SETSID = List.of("/usr/bin/setsid", "/bin/setsid");

  private final LauncherSettings settings;
  private final List<String> setsid =
      SETSID.stream().filter(JavaLauncher::isExecutable).limit(1).toList();
  private final Mark mark = new Mark(System.getenv().getOrDefault(Mark.PROCESS, ""));
  private final ProgramSearch programs;
  private final Set<JavaProcess> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final Process guard;
  private boolean closed;

  JavaLauncher(LauncherSettings settings) throws IOException {
    this.settings = settings;
    String path =
        settings.hidden().contains("PATH") ? "" : System.getenv().getOrDefault("PATH", "");
    programs = new ProgramSearch(JavaLauncher::isExecutable, path);
    List<String> command = new ArrayList<>(setsid);
    command.addAll(Guard.command(mark));
    guard =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
  }

  @Override
  public synchronized Running start(ProcessSpec spec) throws IOException {
    if (closed) {
      throw Refusals.closed();
    }
    Refusals.check(spec);
    SpawnFailure.refuseDirectory(spec);
    SpawnFailure.refuseStdin(spec);
    Path stdout = spec.directory().resolve(spec.stdout());
    Path stderr = spec.directory().resolve(spec.stderr());
    String program = program(spec);
    create("stdout", stdout);
    try {
      if (!stderr.equals(stdout)) {
        create("stderr", stderr);
      }
      return start(spec, program);
    } catch (FileAlreadyExistsException e) {
      Files.delete(stdout);
      throw e;
    } catch (IOException e) {
      Files.delete(stdout);
      Files.deleteIfExists(stderr);
      throw e;
    }
  }

  private Running start(ProcessSpec spec, String program) throws IOException {
    long number = numbers.incrementAndGet();
    List<String> command = new ArrayList<>(setsid);
    command.add(program);
    command.addAll(spec.argv().subList(1, spec.argv().size()));
    File stdout = spec.directory().resolve(spec.stdout()).toFile();
    File stderr = spec.directory().resolve(spec.stderr()).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(spec.directory().toFile())
            .redirectInput(
                spec.stdin().map(file -> spec.directory().resolve(file).toFile()).orElse(NOTHING))
            .redirectOutput(Redirect.appendTo(stdout))
            .redirectError(Redirect.appendTo(stderr))
            .redirectErrorStream(stderr.equals(stdout));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(settings.hidden());
    environment.putAll(spec.variables());
    environment.put(Mark.RUN, mark.run());
    environment.put(Mark.PROCESS, mark.chain(number));
    Instant started = Instant.now();
    long nanos = System.nanoTime();
    try {
      JavaProcess process =
          new JavaProcess(builder.start(), number, mark, started, nanos, settings, running::remove);
      running.add(process);
      return process;
    } catch (IOException e) {
      throw Refusals.programFailed(spec.argv().get(0), String.valueOf(e.getMessage()));
    }
  }

  /** The whole path of the program, refused unless it can be executed. */
  private String program(ProcessSpec spec) throws IOException {
    String name = spec.argv().get(0);
    Path file = spec.directory().resolve(programs.find(spec));
    if (!Files.exists(file)) {
      if (programs.forget(spec)) {
        return program(spec);
      }
      throw Refusals.noProgram(name);
    }
    if (Files.isDirectory(file)) {
      throw Refusals.programIsDirectory(name);
    }
    if (!Files.isExecutable(file)) {
      throw Refusals.notExecutable(name);
    }
    SpawnFailure.refuseInterpreter(name, file);
    return file.toString();
  }

  private static boolean isExecutable(String file) {
    Path path = Path.of(file);
    return Files.isExecutable(path) && !Files.isDirectory(path);
  }

  private static void create(String stream, Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      throw Refusals.exists(stream, file);
    } catch (IOException e) {
      throw Refusals.notCreated(
          stream, file, "see that its directory exists and can be written to");
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    long deadline = System.nanoTime() + settings.patience().toNanos();
    List<JavaProcess> left = List.copyOf(running);
    for (JavaProcess process : left) {
      process.end(Force.KILL);
      Daemons.start("jobfold-close-" + process.pid(), process::waitFor);
    }
    for (JavaProcess process : left) {
      Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!process.endsWithin(rest)) {
        LOG.warn(
            "process {} does not end even by force, on a file system that hangs perhaps: left"
                + " behind",
            process.pid());
      }
    }
    guard.destroyForcibly();
    awaitGuard();
  }

  private void awaitGuard() {
    try {
      guard.waitFor(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
