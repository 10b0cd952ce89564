package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jobfold.comm.Placement;
import org.jobfold.launch.Affinity;
import org.jobfold.launch.Launcher;
import org.jobfold.launch.ProcessSpec;
import org.jobfold.launch.Running;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process of an order: puts command, environment and files together, and hands them to
 * the launcher. Looks at nothing and moves nothing first; only when the start was refused does it
 * find out why. Thread-safe.
 */
final class Starter {
  private static final Logger LOG = LoggerFactory.getLogger(Starter.class);

  /** Someone else makes the output file again each time: that is no race any more. */
  private static final int ATTEMPTS = 3;

  private final Path root;
  private final Launcher launcher;
  private final LocalOptions options;
  private final MachineFiles machineFiles;
  private final TrialVariables variables;
  private final List<Integer> allowed;

  /** Starts processes of the folders below a root. */
  Starter(Path root, Launcher launcher, LocalOptions options, MachineFiles machineFiles) {
    this.root = root;
    this.launcher = launcher;
    this.options = options;
    this.machineFiles = machineFiles;
    this.variables = new TrialVariables(root, options, System.getenv());
    this.allowed = options.cores().isEmpty() ? List.of() : Affinity.allowed();
  }

  /** How long a process that a signal has ended may be in doubt. */
  Duration doubt() {
    return options.doubt();
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
      List<Integer> cores = cores(order);
      environment = variables.of(order, streams.directory(), machineFile, cores);
      marks(order, machineFile).ifPresent(Starter::clear);
      ProcessSpec spec =
          new ProcessSpec(
              argv(order, streams.directory(), machineFile),
              streams.directory(),
              environment,
              streams.stdin(),
              streams.stdout(),
              streams.stderr());
      try (Affinity.Bound bound = Affinity.bind(cores)) {
        LOG.trace("{} is started {}", order.id(), bound);
        return start(spec, streams);
      }
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
    List<String> command =
        TrialCommand.argv(order.step().functional(), directory, processors(order));
    if (!order.folder().settings().mpi()) {
      return command;
    }
    List<String> words = variables.onEachHost(order).around(command);
    return line(order)
        .argv(
            order.placement(),
            variables.threads(order).orElse(1),
            machineFile.toString(),
            marks(order, machineFile).map(marks -> marks.around(words)).orElse(words));
  }

  /** How many processors a call may use. */
  private static int processors(Order order) {
    OptionalInt threads = order.folder().settings().threads();
    return threads.isPresent()
        ? order.placement().processes() * threads.getAsInt()
        : order.placement().size();
  }

  private MpiLine line(Order order) {
    return order.placement().hosts().size() > 1 ? options.across() : options.mpi();
  }

  /** The marks of a program whose launcher alone can not be believed. */
  private Optional<NodeMarks> marks(Order order, Path machineFile) {
    return order.folder().settings().mpi() && line(order).needsMarks()
        ? Optional.of(new NodeMarks(machineFile, order.placement().hosts().size()))
        : Optional.empty();
  }

  /** What an order came to, after what its launcher says. */
  Outcome confirmed(Order order, Outcome outcome) {
    Optional<NodeMarks> marks = marks(order, machineFiles.file(order.slot()));
    if (marks.isEmpty()) {
      return outcome;
    }
    int missing = outcome.succeeded() ? marks.get().missing() : 0;
    clear(marks.get());
    return missing == 0
        ? outcome
        : Outcome.failed(
            new Cause.NodeLost(
                "the launcher says that all went well, but the program did not come to its end on "
                    + missing
                    + " of "
                    + order.placement().hosts().size()
                    + " hosts"));
  }

  private static void clear(NodeMarks marks) {
    try {
      marks.remove();
    } catch (IOException e) {
      LOG.warn("the marks of a program that ended can not be removed: {}", e.toString());
    }
  }

  /** The cores of the ranks that are on this host, which is where the order is started. */
  private List<Integer> cores(Order order) {
    Placement.Share here = order.placement().shares().get(0);
    CoreShare share = options.cores().get(here.host());
    return share == null ? List.of() : share.of(here.ranks(), allowed);
  }

  private Cause trouble(
      IOException thrown, Order order, Streams streams, Map<String, String> environment) {
    Cause cause = LaunchTrouble.of(thrown, streams);
    Optional<Cause> mpi =
        cause instanceof Cause.LaunchError && order.folder().settings().mpi()
            ? LaunchTrouble.ofMpi(line(order), environment)
            : Optional.empty();
    return mpi.orElse(cause);
  }
}
