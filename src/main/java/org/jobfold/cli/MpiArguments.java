package org.jobfold.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How MPI programs are started. */
final class MpiArguments {
  @Option(
      names = "--mpi-launcher",
      paramLabel = "LINE",
      description =
          "The line that starts folders with 'mpi: true'; {ranks}, {machinefile} and {command} are filled in.")
  private @Nullable String launcher;

  /** The line that starts them; where absent, the usual one. */
  Optional<String> launcher() {
    return Optional.ofNullable(launcher);
  }
}
