package org.jobfold.submit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the commands of this system, with their output in files that are gone afterwards. */
public final class SystemCommands implements Commands {
  @Override
  public Said run(List<String> words, Duration limit) {
    try {
      Path out = Files.createTempFile("jobfold", ".out");
      try {
        Path err = Files.createTempFile("jobfold", ".err");
        try {
          return run(words, limit, out, err);
        } finally {
          Files.deleteIfExists(err);
        }
      } finally {
        Files.deleteIfExists(out);
      }
    } catch (IOException e) {
      return new NotStarted("'" + words.get(0) + "' can not be run (" + e.getMessage() + ")");
    }
  }

  private static Said run(List<String> words, Duration limit, Path out, Path err)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // What a user set for messages of Slurm would change what is read here.
    builder.environment().keySet().removeIf(name -> name.startsWith("SQUEUE_"));
    builder.environment().put("SLURM_TIME_FORMAT", "standard");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new NotStarted(
          "there is no program '" + words.get(0) + "' here: run this where Slurm's commands are");
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new TimedOut(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new TimedOut(limit);
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
