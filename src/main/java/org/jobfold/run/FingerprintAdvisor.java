package org.jobfold.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.print.Check;
import org.jobfold.print.Digest;
import org.jobfold.print.Made;
import org.jobfold.print.Predecessor;
import org.jobfold.print.Reason;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Advisor;
import org.jobfold.spi.Fingerprints;
import org.jobfold.spi.NotWrittenException;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Verdict;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;

/**
 * Lets a folder run only if something that it depends on has changed since its last success, on
 * threads of its own.
 *
 * <p>A folder whose mark can not be written is not started until it can, since a run that is killed
 * would leave results of unknown origin with a record that vouches for them. A record of a success
 * is handed to the system before the success counts.
 *
 * <p>What it never does: fail a folder because of what its files are like. It is closed by who made
 * it, after the run; the fingerprints are closed with it.
 */
public final class FingerprintAdvisor implements Advisor, AutoCloseable {
  private static final String UNCHANGED = "unchanged since its last success";
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_NOTES = 20;

  private final Fingerprints fingerprints;
  private final Predicate<FolderName> forced;
  private final Duration patience;
  private final Consumer<String> notes;
  private final ScheduledThreadPoolExecutor threads;
  private final AtomicInteger noted = new AtomicInteger();

  /** What those made that had their turn in this run, and that others wait for. */
  private final Map<FolderName, Optional<Digest>> made = new ConcurrentHashMap<>();

  /** The folders that run now, as they were checked. */
  private final Map<FolderName, Begun> begun = new ConcurrentHashMap<>();

  private record Begun(Turn turn, List<Predecessor> predecessors) {}

  /**
   * For one run.
   *
   * @param forced whether a folder runs whatever its fingerprint says
   * @param size how many threads look at files
   * @param patience how long a folder waits for its mark to be written, before it fails
   * @param notes told, for people, what is strange about inputs and outputs
   */
  public FingerprintAdvisor(
      Fingerprints fingerprints,
      Predicate<FolderName> forced,
      int size,
      Duration patience,
      Consumer<String> notes) {
    this.fingerprints = fingerprints;
    this.forced = forced;
    this.patience = patience;
    this.notes = notes;
    threads = new ScheduledThreadPoolExecutor(size, Daemons.named("jobfold-fingerprints"));
  }

  @Override
  public void before(Turn turn, Consumer<Advice> answer) {
    if (!isKept(turn)) {
      answer.accept(new Advice.Run(turn.folder()));
      return;
    }
    perform(() -> check(turn, answer), why -> answer.accept(new Advice.Fail(why)));
  }

  /** Whether there is anything to know of a folder, for itself or for those that wait for it. */
  private static boolean isKept(Turn turn) {
    return turn.isWaitedFor() || turn.folder().settings().inputs().isPresent();
  }

  private void check(Turn turn, Consumer<Advice> answer) {
    JobFolder folder = turn.folder();
    List<Predecessor> predecessors = turn.predecessors().stream().map(this::seen).toList();
    Check check = fingerprints.check(folder, predecessors);
    if (check instanceof Check.NeedNotRun unchanged && !forced.test(folder.name())) {
      made(turn, Optional.of(unchanged.made()));
      unchanged.notes().forEach(note -> note(folder.name(), note));
      answer.accept(new Advice.Skip(UNCHANGED));
    } else {
      begin(new Begun(turn, predecessors), patience, answer);
    }
  }

  private Predecessor seen(JobFolder predecessor) {
    Optional<Digest> digest = made.get(predecessor.name());
    return new Predecessor(
        predecessor.name(), digest == null ? fingerprints.made(predecessor) : digest);
  }

  private void begin(Begun folder, Duration left, Consumer<Advice> answer) {
    FolderName name = folder.turn().folder().name();
    try {
      fingerprints.begins(name);
    } catch (NotWrittenException notNow) {
      if (left.isNegative() || left.isZero()) {
        answer.accept(new Advice.Fail(failure(notNow)));
        return;
      }
      if (left.equals(patience)) {
        note("folder '" + name + "' is not started yet: " + notNow.getMessage());
      }
      perform(
          () -> begin(folder, left.minus(PAUSE), answer),
          PAUSE,
          why -> answer.accept(new Advice.Fail(why)));
      return;
    }
    begun.put(name, folder);
    answer.accept(new Advice.Run(folder.turn().folder()));
  }

  @Override
  public void after(JobFolder folder, Outcome outcome, Consumer<Verdict> answer) {
    Begun was = begun.remove(folder.name());
    if (was == null) {
      answer.accept(new Verdict.Accept());
    } else if (outcome.succeeded()) {
      perform(
          () -> {
            keep(was);
            answer.accept(new Verdict.Accept());
          },
          why -> answer.accept(new Verdict.Accept()));
    } else {
      made(was.turn(), Optional.empty());
      answer.accept(new Verdict.Accept());
    }
  }

  private void keep(Begun was) {
    JobFolder folder = was.turn().folder();
    Optional<Made> success = Optional.empty();
    try {
      success = fingerprints.succeeded(folder, was.predecessors());
      fingerprints.flush();
    } finally {
      made(was.turn(), success.map(Made::digest));
    }
    success.ifPresent(now -> now.notes().forEach(note -> note(folder.name(), note)));
  }

  private void made(Turn turn, Optional<Digest> digest) {
    if (turn.isWaitedFor()) {
      made.put(turn.folder().name(), digest);
    }
  }

  /** On another thread; what goes wrong there is told, and makes no exception. */
  private void perform(Runnable work, Consumer<Cause> wrong) {
    perform(work, Duration.ZERO, wrong);
  }

  private void perform(Runnable work, Duration delay, Consumer<Cause> wrong) {
    Runnable careful =
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error thrown) {
            note("the fingerprint of a folder can not be made: " + thrown);
            wrong.accept(failure(thrown));
          }
        };
    try {
      Future<?> unused = threads.schedule(careful, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // The run is over, and waits for no answer.
    }
  }

  private static Cause failure(Throwable thrown) {
    return new Cause.LaunchError(String.valueOf(thrown.getMessage()), Cause.Prospect.LASTING);
  }

  private void note(FolderName folder, Reason reason) {
    note("folder '" + folder + "': " + reason.text());
  }

  private void note(String text) {
    int before = noted.getAndIncrement();
    if (before < MOST_NOTES) {
      notes.accept(text);
    } else if (before == MOST_NOTES) {
      notes.accept("more is strange about inputs and outputs: 'jobfold scan --why' shows all");
    }
  }

  /** Ends its threads when they have done what they do, and closes the fingerprints. */
  @Override
  public void close() {
    // An interrupt would close the files that they read.
    threads.getQueue().clear();
    threads.shutdown();
    boolean interrupted = false;
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    fingerprints.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
