package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.Settings;
import org.jobfold.launch.Exit;
import org.jobfold.output.Tail;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;

/**
 * The output files, the variables and the success check of a trial that is no process: by the same
 * rules as those of a process. Earlier output is kept, the files are new and empty, and what was
 * there before the trial does not count as its own.
 */
public final class TrialFiles {
  private static final int ATTEMPTS = 3;

  private final Order order;
  private final Streams streams;
  private final SuccessJudge judge;
  private final SortedMap<String, String> variables;

  private TrialFiles(
      Order order, Streams streams, SuccessJudge judge, SortedMap<String, String> variables) {
    this.order = order;
    this.streams = streams;
    this.judge = judge;
    this.variables = Collections.unmodifiableSortedMap(variables);
  }

  /**
   * Makes the files of an order that is about to begin.
   *
   * @param root the directory of the tree
   */
  public static TrialFiles prepare(Path root, Order order) throws CannotStartException {
    Streams streams = Streams.of(order, root.resolve(order.folder().name().relative()));
    SuccessJudge judge = SuccessJudge.before(order.success(), streams);
    Settings settings = order.folder().settings();
    SortedMap<String, String> variables = new TreeMap<>();
    settings
        .threads()
        .ifPresent(count -> variables.put(FolderVariables.THREADS, Integer.toString(count)));
    variables.putAll(settings.env());
    variables.remove(FolderVariables.RUN);
    variables.putAll(FolderVariables.of(root, order));
    try {
      make(streams);
    } catch (IOException e) {
      throw new CannotStartException(LaunchTrouble.of(e, streams));
    }
    return new TrialFiles(order, streams, judge, variables);
  }

  private static void make(Streams streams) throws IOException, CannotStartException {
    for (int attempt = 1; ; attempt++) {
      EarlierOutput.keep(streams);
      try {
        Files.createFile(streams.stdout());
        if (!streams.stdout().equals(streams.stderr())) {
          Files.createFile(streams.stderr());
        }
        return;
      } catch (FileAlreadyExistsException e) {
        if (attempt == ATTEMPTS) {
          throw CannotStartException.because(
              "the output file '"
                  + e.getFile()
                  + "' is made again each time it is moved aside: two folders, or another program,"
                  + " write it; name another");
        }
      }
    }
  }

  /** The folder's directory. */
  public Path directory() {
    return streams.directory();
  }

  /**
   * What is set for the trial over the environment that it finds: the threads that the folder asks
   * for, what its {@code env} says, and jobfold's own variables.
   */
  public SortedMap<String, String> variables() {
    return variables;
  }

  /** The file of standard output. */
  public Path stdout() {
    return streams.stdout();
  }

  /** The file of standard error; may be that of standard output. */
  public Path stderr() {
    return streams.stderr();
  }

  /** Adds to a file what came from elsewhere. */
  public static void append(Path file, String text) throws IOException {
    if (!text.isEmpty()) {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    }
  }

  /**
   * The end of the trial.
   *
   * @param fault why it failed, if that is known; else the success check says
   */
  public SessionEvent.Ended ended(Optional<Cause> fault, Usage usage) {
    Outcome outcome =
        RoomJudge.judge(
            fault.map(Outcome::failed).orElseGet(() -> judge.judge(new Exit(0, 0, usage))),
            streams);
    Tail tail =
        outcome.succeeded()
            ? Tail.NONE
            : Tail.of(streams.directory(), List.of(streams.err(), streams.out()));
    return new SessionEvent.Ended(
        order.id(), outcome, usage, streams.out(), streams.err(), tail.file(), tail.lines());
  }

  /** The end of a trial that had none of these files. */
  public static SessionEvent.Ended notBegun(Order order, Cause cause) {
    return new SessionEvent.Ended(
        order.id(), Outcome.failed(cause), Usage.none(Instant.now()), "", "", "", List.of());
  }
}
