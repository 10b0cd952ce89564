package org.jobfold.backend.slurm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jobfold.allocation.OuterLauncher;
import org.jobfold.backend.local.MpiLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Slurm's commands, each once and for a short time: a controller that does not answer keeps no
 * run from beginning. What is not answered is not known.
 */
public final class SlurmCommands {
  private static final Logger LOG = LoggerFactory.getLogger(SlurmCommands.class);

  private final Duration patience;

  /**
   * Asks with this patience.
   *
   * @param patience how long a command may take
   */
  public SlurmCommands(Duration patience) {
    this.patience = patience;
  }

  /** When a job ends. */
  public Optional<Instant> end(String job) {
    return answer(SlurmQuestions.endOf(job))
        .flatMap(text -> SlurmQuestions.end(text, ZoneId.systemDefault()));
  }

  /** The line that starts MPI programs over several hosts, if srun can. */
  public Optional<MpiLine> launch() {
    Optional<String> types = answer(SlurmQuestions.mpiTypes());
    if (types.isEmpty()) {
      return Optional.empty();
    }
    String version = answer(List.of("mpirun", "--version")).orElse("");
    return SlurmQuestions.mpiType(version, SlurmQuestions.mpiTypes(types.get()))
        .map(SlurmQuestions::launch);
  }

  /** What a command says, on both of its outputs: srun lists its interfaces on the second. */
  private Optional<String> answer(List<String> command) {
    try {
      Path output = Files.createTempFile("jobfold", ".txt");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder
            .environment()
            .keySet()
            .removeAll(OuterLauncher.misleading(List.copyOf(builder.environment().keySet())));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
          process.destroyForcibly();
          LOG.info("'{}' does not answer", command.get(0));
          return Optional.empty();
        }
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        if (process.exitValue() != 0) {
          LOG.info("'{}' says: {}", command.get(0), text.strip());
          return Optional.empty();
        }
        return Optional.of(text);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      LOG.info("'{}' can not be asked: {}", command.get(0), e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
