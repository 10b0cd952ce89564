package org.jobfold.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jobfold.spi.Force;
import org.jobfold.trial.Usage;

/** A process that {@link JavaLauncher} started. */
final class JavaProcess implements Running {
  private static final int SIGNALS = 128;
  private static final int LAST_SIGNAL = 64;
  private static final String BATCH_JOB = "SLURM_JOB_ID";

  private final Process process;
  private final long number;
  private final Mark mark;
  private final Instant started;
  private final long startedNanos;
  private final Consumer<JavaProcess> gone;
  private final Ending ending;
  private final AtomicBoolean waitedFor = new AtomicBoolean();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();

  JavaProcess(
      Process process,
      long number,
      Mark mark,
      Instant started,
      long startedNanos,
      LauncherSettings settings,
      Consumer<JavaProcess> gone) {
    this.process = process;
    this.number = number;
    this.mark = mark;
    this.started = started;
    this.startedNanos = startedNanos;
    this.gone = gone;
    this.ending = new Ending(process.pid(), settings);
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Exit waitFor() {
    if (waitedFor.compareAndSet(false, true)) {
      int code = process.onExit().join().exitValue();
      Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
      ending.run(this::endOnce);
      gone.accept(this);
      boolean signalled = code > SIGNALS && code <= SIGNALS + LAST_SIGNAL;
      exit.complete(
          new Exit(
              code,
              signalled ? code - SIGNALS : 0,
              new Usage(started, elapsed, Duration.ZERO, Duration.ZERO, 0)));
    }
    return exit.join();
  }

  /** Whether it and what it left is gone within a time; if not, it is abandoned. */
  boolean endsWithin(Duration time) {
    boolean interrupted = false;
    long end = System.nanoTime() + time.toNanos();
    try {
      while (true) {
        try {
          exit.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
          return true;
        } catch (ExecutionException e) {
          return true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      ending.abandon();
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void end(Force force) {
    if (force == Force.KILL) {
      ending.force();
    }
    if (!process.isAlive()) {
      return;
    }
    Set<ProcessHandle> all = new LinkedHashSet<>();
    all.add(process.toHandle());
    process.descendants().forEach(all::add);
    for (ProcessEntry entry : members()) {
      ProcessHandle.of(entry.pid()).ifPresent(all::add);
    }
    all.forEach(handle -> signal(handle, force));
    if (force == Force.TERMINATE) {
      goOn(all.stream().map(ProcessHandle::pid).toList());
    }
  }

  @Override
  public void signal(int signal) {
    List<String> pids = new ArrayList<>();
    if (process.isAlive()) {
      pids.add(Long.toString(process.pid()));
      ProcessTable.read().all().stream()
          .filter(entry -> entry.session() == process.pid() && entry.pid() != process.pid())
          .forEach(entry -> pids.add(Integer.toString(entry.pid())));
      kill(Integer.toString(signal), pids);
    }
  }

  private Ending.Left endOnce(Force force, long since, Set<ProcessEntry> asked) {
    List<ProcessEntry> left = members();
    List<Long> stopped = new ArrayList<>();
    for (ProcessEntry entry : left) {
      if (force == Force.KILL || asked.stream().noneMatch(entry::isSame)) {
        asked.add(entry);
        ProcessHandle.of(entry.pid()).ifPresent(handle -> signal(handle, force));
        stopped.add((long) entry.pid());
      }
    }
    if (force == Force.TERMINATE) {
      goOn(stopped);
    }
    return left.isEmpty() ? Ending.Left.NOTHING : Ending.Left.SOMETHING;
  }

  private static void signal(ProcessHandle handle, Force force) {
    if (force == Force.KILL) {
      handle.destroyForcibly();
    } else {
      handle.destroy();
    }
  }

  /** Lets stopped processes go on, so that they take notice of a signal. */
  private static void goOn(List<Long> pids) {
    List<String> stopped =
        pids.stream()
            .map(pid -> ProcessTable.entry(pid.intValue()))
            .flatMap(Optional::stream)
            .filter(ProcessEntry::isStopped)
            .map(entry -> Integer.toString(entry.pid()))
            .toList();
    if (stopped.isEmpty()) {
      return;
    }
    kill("CONT", stopped);
  }

  /** Sends a signal that Java does not know. One that can not be sent is not worth more. */
  private static void kill(String signal, List<String> pids) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "kill -s \"$@\"", "sh", signal));
    command.addAll(pids);
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      // A process that stays stopped is forced after the grace.
      return;
    }
  }

  /** What lives of its session or carries its mark, but for itself. */
  private List<ProcessEntry> members() {
    return ProcessTable.read().all().stream()
        .filter(entry -> entry.pid() != process.pid() && !entry.isZombie())
        .filter(entry -> entry.session() == process.pid() || isMarked(entry))
        .toList();
  }

  private boolean isMarked(ProcessEntry entry) {
    byte[] environment = ProcessTable.environment(entry.pid());
    return mark.isOn(environment, number) && isOfThisBatchJob(environment);
  }

  /** A command such as {@code sbatch} hands its environment, and so the mark, to another job. */
  private static boolean isOfThisBatchJob(byte[] environment) {
    String variables = "\0" + new String(environment, StandardCharsets.ISO_8859_1);
    String own = System.getenv().getOrDefault(BATCH_JOB, "");
    return !variables.contains("\0" + BATCH_JOB + "=")
        || variables.contains("\0" + BATCH_JOB + "=" + own + "\0");
  }
}
