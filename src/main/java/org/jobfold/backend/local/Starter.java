package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.ProcessSpec;
import org.jobfold.launch.Running;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;

/**
 * Starts the process of an order: puts command, environment and files together, and hands them to
 * the launcher. Looks at nothing and moves nothing first; only when the start was refused does it
 * find out why. Thread-safe.
 */
final class Starter {
  /** Someone else makes the output file again each time: that is no race any more. */
  private static final int ATTEMPTS = 3;

  private final Path root;
  private final Launcher launcher;
  private final LocalOptions options;
  private final MachineFiles machineFiles;
  private final TrialVariables variables;

  /** Starts processes of the folders below a root. */
  Starter(Path root, Launcher launcher, LocalOptions options, MachineFiles machineFiles) {
    this.root = root;
    this.launcher = launcher;
    this.options = options;
    this.machineFiles = machineFiles;
    this.variables = new TrialVariables(root, options, System.getenv());
  }

  /** The files of the standard streams of an order. */
  Streams streams(Order order) {
    return Streams.of(order, root.resolve(order.folder().name().relative()));
  }

  /** Starts the process, with earlier output out of the way. */
  Running start(Order order, Streams streams) throws CannotStartException {
    Map<String, String> environment = Map.of();
    try {
      Path machineFile = machineFiles.file(order.slot(), order.placement());
      environment = variables.of(order, streams.directory(), machineFile);
      ProcessSpec spec =
          new ProcessSpec(
              argv(order, streams.directory(), machineFile),
              streams.directory(),
              environment,
              streams.stdin(),
              streams.stdout(),
              streams.stderr());
      return start(spec, streams);
    } catch (IOException e) {
      throw new CannotStartException(trouble(e, order, streams, environment));
    }
  }

  private Running start(ProcessSpec spec, Streams streams)
      throws IOException, CannotStartException {
    for (int attempt = 1; ; attempt++) {
      try {
        return launcher.start(spec);
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw CannotStartException.because(
              "the output file '"
                  + e.getFile()
                  + "' is made again each time it is moved aside: two folders, or another program,"
                  + " write it; name another");
        }
        EarlierOutput.keep(streams);
      }
    }
  }

  private List<String> argv(Order order, Path directory, Path machineFile) {
    int ranks = order.placement().size();
    List<String> command = TrialCommand.argv(order.step().functional(), directory, ranks);
    return order.folder().settings().mpi()
        ? options.mpi().argv(ranks, machineFile.toString(), command)
        : command;
  }

  private Cause trouble(
      IOException thrown, Order order, Streams streams, Map<String, String> environment) {
    Cause cause = LaunchTrouble.of(thrown, streams);
    Optional<Cause> mpi =
        cause instanceof Cause.LaunchError && order.folder().settings().mpi()
            ? LaunchTrouble.ofMpi(options.mpi(), environment)
            : Optional.empty();
    return mpi.orElse(cause);
  }
}
