package org.jobfold.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jobfold.allocation.Allocation;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;
import org.jobfold.spi.Backend;
import org.jobfold.submit.Commands;

/**
 * The world as the command line sees it; the one place that puts the parts together fills it in.
 *
 * @param out for machines
 * @param err for people
 * @param terminal whether people watch {@code err}
 * @param version of jobfold
 * @param environment that trials inherit
 * @param backends makes back ends
 * @param signals tells of the signals that ask to stop
 * @param commands runs those of the batch system
 * @param self the words that start this program, from any directory
 */
public record Outside(
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    String version,
    Map<String, String> environment,
    Backends backends,
    Signals signals,
    Commands commands,
    List<String> self) {
  /** Whether lines can be overwritten. */
  public enum Terminal {
    /** They can: somebody watches. */
    YES,
    /** They can not: it goes to a file or a pipe. */
    NO
  }

  /** Makes back ends. */
  @FunctionalInterface
  public interface Backends {
    /**
     * The back end that is asked for; it reaches out to nothing yet.
     *
     * @throws RefusedException if it can not be, for what was asked
     */
    Backend open(Request request);

    /**
     * The same; empty if it can not be.
     *
     * @param problems gets why
     */
    default Optional<Backend> open(Request request, List<Problem> problems) {
      try {
        return Optional.of(open(request));
      } catch (RefusedException e) {
        problems.addAll(e.problems());
        return Optional.empty();
      }
    }

    /** Whether there are ranks already, which a run has whatever it asks for. */
    default boolean hasOwnRanks() {
      return false;
    }

    /**
     * When an allocation ends, also if its batch system has to be asked; that takes seconds at
     * most.
     */
    default Optional<Instant> end(Allocation allocation) {
      return allocation.end();
    }

    /** Which allocations come before and after the one that these back ends are for. */
    default Succession succession() {
      return Succession.NONE;
    }
  }

  /**
   * What is asked of a back end.
   *
   * @param root the root of the tree
   * @param allotment which ranks it has
   * @param gpus which GPUs are shared out
   * @param mpiLauncher the line that starts MPI programs; where absent, the usual one
   * @param hidden variables of the environment that were meant for jobfold, and not for trials
   */
  public record Request(
      Path root, Allotment allotment, Gpus gpus, Optional<String> mpiLauncher, Set<String> hidden) {
    /** Copies the set. */
    public Request {
      hidden = Set.copyOf(hidden);
    }
  }

  /** Tells of signals. */
  @FunctionalInterface
  public interface Signals {
    /**
     * From now on, SIGINT, SIGTERM, SIGHUP and SIGUSR1 do nothing but call the handler with their
     * number, in a thread of the system's; until what it gives is closed.
     */
    Handling handle(Consumer<Integer> handler);
  }

  /** The time in which signals are handled. */
  public interface Handling extends AutoCloseable {
    /** From now on they end this process, as they did before. */
    @Override
    void close();
  }
}
