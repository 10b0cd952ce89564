package org.jobfold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** jobfold as a user starts it: a process of its own, with real signals and exit codes. */
final class Cli {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final String MARK = "JOBFOLD_TEST_MARK";

  private final List<String> before = new ArrayList<>();
  private final List<String> options =
      new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  private final List<String> arguments;
  private final Map<String, String> environment = new HashMap<>();
  private final String mark = UUID.randomUUID().toString();
  private Path directory = Path.of("").toAbsolutePath();

  private Cli(List<String> arguments) {
    this.arguments = arguments;
    environment.put(MARK, mark);
  }

  static Cli jobfold(Object... arguments) {
    return new Cli(Stream.of(arguments).map(Object::toString).toList());
  }

  Cli in(Path where) {
    directory = where;
    return this;
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Words before {@code java}, such as {@code nohup}. */
  Cli by(String... words) {
    before.addAll(List.of(words));
    return this;
  }

  /** Options of the JVM. */
  Cli option(String option) {
    options.add(option);
    return this;
  }

  /** All words of the command. */
  List<String> words() {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.jobfold.Main"));
    words.addAll(arguments);
    return words;
  }

  /** Runs it to its end. */
  Ended run() {
    return start().end();
  }

  Started start() {
    return start(words());
  }

  /** Runs a line of a shell in which {@code "$@"} is the command. */
  Ended shell(String line) {
    List<String> words = new ArrayList<>(List.of("/bin/bash", "-c", line, "bash"));
    words.addAll(words());
    return start(words).end();
  }

  /** Starts it by other words. */
  Started start(List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("JOBFOLD_"));
    builder.environment().putAll(environment);
    builder.redirectInput(Path.of("/dev/null").toFile());
    try {
      return new Started(builder.start(), mark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of it. */
  record Ended(int code, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException(out, e);
      }
    }
  }

  /** A jobfold that runs. */
  static final class Started {
    private final Process process;
    private final String mark;
    private final Text out;
    private final Text err;

    private Started(Process process, String mark) throws IOException {
      this.process = process;
      this.mark = mark;
      out = new Text(process.inputReader(StandardCharsets.UTF_8));
      err = new Text(process.errorReader(StandardCharsets.UTF_8));
    }

    long pid() {
      return process.pid();
    }

    /** Waits until it has said this on standard error. */
    Started awaitErr(String text) {
      err.await(text);
      return this;
    }

    /** Waits until it has said this on standard output. */
    void awaitOut(String text) {
      out.await(text);
    }

    /** All that it has said on standard error so far. */
    String saidOnErr() {
      return err.toString();
    }

    void signal(String name) {
      Shell.run("kill -" + name + " " + process.pid());
    }

    Ended end() {
      try {
        assertThat(process.waitFor(PATIENCE, TimeUnit.NANOSECONDS))
            .as("jobfold ends; it has said: %s%s", out, err)
            .isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        // Of one that has ended, it would close the streams, with what is still in them.
        if (process.isAlive()) {
          process.destroyForcibly();
        }
      }
      return new Ended(process.exitValue(), out.whole(), err.whole());
    }

    /** What runs now and was started by it, at whatever remove. */
    List<ProcessHandle> survivors() {
      return ProcessHandle.allProcesses()
          .filter(handle -> handle.pid() != process.pid() && isMarked(handle.pid()))
          .toList();
    }

    /** Waits until nothing is left of it. */
    void awaitNoSurvivors() {
      for (List<ProcessHandle> left = survivors(); !left.isEmpty(); left = survivors()) {
        for (ProcessHandle handle : left) {
          try {
            handle.onExit().get(PATIENCE, TimeUnit.NANOSECONDS);
          } catch (InterruptedException
              | java.util.concurrent.ExecutionException
              | TimeoutException e) {
            throw new AssertionError(handle.info().commandLine() + " lives on", e);
          }
        }
      }
    }

    private boolean isMarked(long pid) {
      try {
        byte[] variables = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
        return new String(variables, StandardCharsets.ISO_8859_1).contains(mark);
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** What a process has written so far. */
  private static final class Text {
    private final StringBuilder text = new StringBuilder();
    private final Thread reading;
    private boolean over;

    Text(Reader reader) {
      reading = new Thread(() -> read(reader), "cli-reader");
      reading.setDaemon(true);
      reading.start();
    }

    private void read(Reader reader) {
      char[] chars = new char[4096];
      try (reader) {
        for (int got = reader.read(chars); got >= 0; got = reader.read(chars)) {
          synchronized (this) {
            text.append(chars, 0, got);
            notifyAll();
          }
        }
      } catch (IOException e) {
        // its end
      }
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }

    synchronized void await(String wanted) {
      long deadline = System.nanoTime() + PATIENCE;
      while (text.indexOf(wanted) < 0) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        assertThat(left > 0 && !over).as("'%s' comes; there is: %s", wanted, text).isTrue();
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    String whole() {
      try {
        reading.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return toString();
    }

    @Override
    public synchronized String toString() {
      return text.toString();
    }
  }

  /** What a shell does for a test. */
  static final class Shell {
    private Shell() {}

    /** Runs a line that must succeed within a minute; gives what it wrote. */
    static String run(String line, Object... arguments) {
      List<String> words = new ArrayList<>(List.of("timeout", "60", "/bin/bash", "-c", line, "sh"));
      Stream.of(arguments).map(Object::toString).forEach(words::add);
      try {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said;
        try (Reader reader =
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
          StringBuilder all = new StringBuilder();
          for (int c = reader.read(); c >= 0; c = reader.read()) {
            all.append((char) c);
          }
          said = all.toString();
        }
        assertThat(process.waitFor()).as("%s: %s", line, said).isZero();
        return said;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
