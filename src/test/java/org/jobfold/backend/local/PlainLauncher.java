package org.jobfold.backend.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jobfold.launch.Exit;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.ProcessSpec;
import org.jobfold.launch.Running;
import org.jobfold.spi.Force;
import org.jobfold.trial.Usage;

/**
 * A launcher of the JDK's own processes, which finds descendants by a mark in their environment.
 */
final class PlainLauncher implements Launcher {
  private final Set<Child> children = ConcurrentHashMap.newKeySet();

  @Override
  public Running start(ProcessSpec spec) throws IOException {
    File out = file(spec, spec.stdout());
    File err = file(spec, spec.stderr());
    for (File file : List.of(out, err)) {
      if (Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(spec.argv())
            .directory(spec.directory().toFile())
            .redirectInput(
                spec.stdin().map(p -> file(spec, p)).orElseGet(() -> new File("/dev/null")))
            .redirectOutput(out)
            .redirectError(err);
    String mark = UUID.randomUUID().toString();
    builder.environment().putAll(spec.variables());
    builder.environment().put("JOBFOLD_RUN", mark);
    Child child = new Child(builder.start(), mark);
    children.add(child);
    return child;
  }

  @Override
  public void close() {
    children.forEach(c -> c.end(Force.KILL));
  }

  private static File file(ProcessSpec spec, Path path) {
    return spec.directory().resolve(path).toFile();
  }

  private record Child(Process process, String mark, Instant at, long nanos) implements Running {
    Child(Process process, String mark) {
      this(process, mark, Instant.now(), System.nanoTime());
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public Exit waitFor() {
      int value;
      try {
        value = process.waitFor();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      List<ProcessHandle> left = marked();
      while (!left.isEmpty()) {
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(p -> p.onExit().join());
        left = marked();
      }
      Usage usage =
          new Usage(
              at, Duration.ofNanos(System.nanoTime() - nanos), Duration.ZERO, Duration.ZERO, 0);
      return value > 128 ? new Exit(0, value - 128, usage) : new Exit(value, 0, usage);
    }

    @Override
    public void end(Force force) {
      if (process.isAlive()) {
        marked().forEach(p -> signal(p, force));
        signal(process.toHandle(), force);
      }
    }

    private static void signal(ProcessHandle handle, Force force) {
      if (force == Force.KILL) {
        handle.destroyForcibly();
      } else {
        handle.destroy();
      }
    }

    private List<ProcessHandle> marked() {
      try (Stream<Path> all = Files.list(Path.of("/proc"))) {
        return all.map(p -> p.getFileName().toString())
            .filter(n -> n.chars().allMatch(Character::isDigit))
            .filter(this::isMarked)
            .flatMap(n -> ProcessHandle.of(Long.parseLong(n)).stream())
            .filter(ProcessHandle::isAlive)
            .toList();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private boolean isMarked(String pid) {
      try {
        byte[] environment = Files.readAllBytes(Path.of("/proc", pid, "environ"));
        return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
      } catch (IOException e) {
        return false;
      }
    }
  }
}
