package org.jobfold.submit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of this system. Their output is in files that have no name any more once the
 * command has begun: nothing is left of them, however this program ends, and no process that a
 * command leaves behind can hold it up.
 */
public final class SystemCommands implements Commands {
  @Override
  public Said run(List<String> words, Duration limit) {
    try (Output out = Output.create(".out");
        Output err = Output.create(".err")) {
      Process process;
      try {
        process = start(words, out, err);
      } catch (IOException e) {
        return new NotStarted(
            "there is no program '" + words.get(0) + "' here: run this where Slurm's commands are");
      }
      try {
        out.forgetName();
        err.forgetName();
        return ended(process, limit) ? said(process, out, err) : new TimedOut(limit);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return new NotStarted("'" + words.get(0) + "' can not be run (" + e.getMessage() + ")");
    }
  }

  private static Process start(List<String> words, Output out, Output err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.file().toFile())
            .redirectError(err.file().toFile());
    // What a user set for messages of Slurm would change what is read here.
    builder.environment().keySet().removeIf(name -> name.startsWith("SQUEUE_"));
    builder.environment().put("SLURM_TIME_FORMAT", "standard");
    return builder.start();
  }

  private static boolean ended(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Said said(Process process, Output out, Output err) throws IOException {
    return new Ended(process.exitValue(), out.text(), err.text());
  }

  /**
   * What a command prints.
   *
   * @param file where it is to write to
   * @param reader the same file, also when it has no name any more
   */
  private record Output(Path file, InputStream reader) implements AutoCloseable {
    static Output create(String ending) throws IOException {
      Path file = Files.createTempFile("jobfold", ending);
      try {
        return new Output(file, Files.newInputStream(file));
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    }

    void forgetName() throws IOException {
      Files.deleteIfExists(file);
    }

    String text() throws IOException {
      return new String(reader.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      reader.close();
      forgetName();
    }
  }
}
