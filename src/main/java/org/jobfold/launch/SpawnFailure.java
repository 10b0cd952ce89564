package org.jobfold.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Finds out which part of a start failed: one error is all that {@code posix_spawn} gives for the
 * directory, three files and the program.
 *
 * <p>Removes the output files that the failed start has created, and never others: they are empty,
 * and a start that reached them found none before.
 */
final class SpawnFailure {
  private static final int LONGEST_FIRST_LINE = 256;

  private SpawnFailure() {}

  /** Throws unless it was the program that failed; then the outputs are removed. */
  static void tidy(ProcessSpec spec, int error) throws IOException {
    Path stdout = spec.directory().resolve(spec.stdout());
    Path stderr = spec.directory().resolve(spec.stderr());
    if (error == LibC.EEXIST) {
      throw Refusals.exists("stdout", exists(stdout) ? stdout : stderr);
    }
    refuseDirectory(spec);
    refuseStdin(spec);
    if (!exists(stdout)) {
      throw Refusals.notCreated("stdout", stdout, Errors.text(error));
    }
    if (!exists(stderr)) {
      removeOutputs(spec);
      throw Refusals.notCreated("stderr", stderr, Errors.text(error));
    }
    removeOutputs(spec);
  }

  static void refuseDirectory(ProcessSpec spec) throws IOException {
    Path directory = spec.directory();
    if (!Files.exists(directory)) {
      throw Refusals.directoryGone(directory);
    }
    if (!Files.isDirectory(directory)) {
      throw Refusals.notADirectory(directory);
    }
    if (!Files.isExecutable(directory)) {
      throw Refusals.directoryClosed(directory);
    }
  }

  static void refuseStdin(ProcessSpec spec) throws IOException {
    if (spec.stdin().isPresent()) {
      Path stdin = spec.directory().resolve(spec.stdin().get());
      if (!Files.exists(stdin)) {
        throw Refusals.noStdin(stdin);
      }
      if (!Files.isReadable(stdin)) {
        throw Refusals.unreadableStdin(stdin);
      }
    }
  }

  /** Refuses a script whose first line names an interpreter that is not there. */
  static void refuseInterpreter(String name, Path file) throws IOException {
    if (!Files.isReadable(file)) {
      return;
    }
    byte[] begin;
    try (var in = Files.newInputStream(file)) {
      begin = in.readNBytes(LONGEST_FIRST_LINE);
    }
    String line = new String(begin, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (line.startsWith("#!")) {
      String interpreter = line.substring(2).strip().split("\\s", 2)[0];
      if (!Files.exists(file.resolveSibling(interpreter))) {
        throw Refusals.noInterpreter(name);
      }
    }
  }

  /** Removes the outputs if they are empty: for a start that is known to have created them. */
  static void removeOutputs(ProcessSpec spec) throws IOException {
    removeIfEmpty(spec.directory().resolve(spec.stdout()));
    removeIfEmpty(spec.directory().resolve(spec.stderr()));
  }

  private static void removeIfEmpty(Path file) throws IOException {
    if (exists(file)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == 0) {
      Files.delete(file);
    }
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
