package org.jobfold.backend.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jobfold.launch.FullDisk;
import org.jobfold.launch.LastingException;
import org.jobfold.trial.Cause;

/**
 * Finds out why a process could not be started, where the launcher can not know. Looking is left
 * until it went wrong, since each look costs all trials that go well.
 */
final class LaunchTrouble {
  private LaunchTrouble() {}

  /**
   * The cause.
   *
   * @param thrown what the launcher said
   * @param streams the files that were to be opened
   */
  static Cause of(IOException thrown, Streams streams) {
    Path directory = streams.directory();
    if (!Files.isDirectory(directory)) {
      return new Cause.Vanished(
          Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
              ? "'" + directory + "' is no directory any more"
              : "the directory '" + directory + "' is not there any more");
    }
    String reason =
        ofOutput(streams.stdout())
            .or(() -> ofOutput(streams.stderr()))
            .orElseGet(() -> Objects.requireNonNullElse(thrown.getMessage(), thrown.toString()));
    if (thrown instanceof LastingException) {
      return new Cause.LaunchError(reason, Cause.Prospect.LASTING);
    }
    return RoomJudge.explain("it could not be started", streams)
        .or(
            () ->
                FullDisk.reason(thrown)
                    .map(full -> new Cause.NoRoom(streams.directory().toString(), reason)))
        .orElseGet(() -> new Cause.LaunchError(reason));
  }

  /**
   * The cause, if it is that there is no MPI launcher.
   *
   * @param line how programs are started through MPI
   * @param variables what the process was to get beside the environment of this JVM
   */
  static Optional<Cause> ofMpi(MpiLine line, Map<String, String> variables) {
    return missingLauncher(line, variables)
        .map(reason -> new Cause.LaunchError(reason, Cause.Prospect.LASTING));
  }

  /** Why an MPI launch line can not be used with these variables, if it can not. */
  static Optional<String> missingLauncher(MpiLine line, Map<String, String> variables) {
    String launcher = line.launcher();
    if (launcher.contains("/")) {
      return Optional.empty();
    }
    String path =
        Objects.requireNonNullElseGet(
            variables.get("PATH"), () -> System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    return Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(d -> Files.isExecutable(Path.of(d, launcher)))
        ? Optional.empty()
        : Optional.of(
            "the MPI launcher '"
                + launcher
                + "' is not in the PATH '"
                + path
                + "': install Open MPI or MPICH, load its module, or set another MPI launch line");
  }

  private static Optional<String> ofOutput(Path file) {
    Path parent = Objects.requireNonNullElse(file.getParent(), file);
    return Files.isDirectory(parent)
        ? Optional.empty()
        : Optional.of(
            "the directory of the output file '"
                + file
                + "' is not there: make it, or name another file");
  }
}
