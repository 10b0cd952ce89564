package org.jobfold.backend.mpj;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.spi.Order;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Usage;

/** What the lead knows of one call: who takes part, who is ready, who has ended and how. */
final class MpiTrial {
  private final long number;
  private final Order order;
  private final TrialFiles files;
  private final List<Integer> ranks;
  private final Instant started = Instant.now();
  private final long begin = System.nanoTime();
  private final Set<Integer> notReady;
  private final Set<Integer> working;
  private final SortedMap<Integer, Done> done = new TreeMap<>();
  private final List<Part> inOrder = new ArrayList<>();
  private final Set<Integer> givenUp = new TreeSet<>();
  private Optional<Cause> fault = Optional.empty();
  private boolean interrupted;
  private boolean judging;
  private final List<Runnable> afterwards = new ArrayList<>();

  /**
   * What has ended.
   *
   * @param rank its number in the communicator
   * @param done how
   */
  record Part(int rank, Done done) {
    Verdict verdict() {
      return done.verdict();
    }
  }

  MpiTrial(long number, Order order, TrialFiles files, List<Integer> ranks) {
    this.number = number;
    this.order = order;
    this.files = files;
    this.ranks = List.copyOf(ranks);
    this.notReady = new TreeSet<>(ranks);
    this.working = new TreeSet<>(ranks);
  }

  /** What ranks know the call by. */
  long number() {
    return number;
  }

  Order order() {
    return order;
  }

  TrialFiles files() {
    return files;
  }

  /** In the order of the communicator. */
  List<Integer> ranks() {
    return ranks;
  }

  /** Those that have not ended. */
  List<Integer> working() {
    return List.copyOf(working);
  }

  boolean isWorking(int rank) {
    return working.contains(rank);
  }

  /** Whether a rank still has to do something for it. */
  boolean isIn(int rank) {
    return isWorking(rank) || (judging && ranks.get(0) == rank);
  }

  /** Notes that a rank is ready; whether it was the last one. */
  boolean ready(int rank) {
    return notReady.remove(rank) && notReady.isEmpty();
  }

  boolean isReady() {
    return notReady.isEmpty();
  }

  /** Notes how a rank's part has ended. */
  void done(int rank, Done how) {
    working.remove(rank);
    done.put(rank, how);
    inOrder.add(new Part(ranks.indexOf(rank), how));
  }

  /** Notes that nothing more will come of a rank. */
  void giveUp(int rank) {
    if (working.remove(rank)) {
      givenUp.add(rank);
    }
  }

  /** Those of which nothing came. */
  Set<Integer> givenUp() {
    return givenUp;
  }

  /** Notes why it fails, whatever else comes. The first reason stays. */
  void fail(Cause cause) {
    if (fault.isEmpty()) {
      fault = Optional.of(cause);
    }
  }

  /** Notes that the ranks were asked to end; whether that is news. */
  boolean interrupt() {
    boolean news = !interrupted;
    interrupted = true;
    return news;
  }

  /** Does this when the end has been told. */
  void afterwards(Runnable work) {
    afterwards.add(work);
  }

  /** The end has been told. */
  void runAfterwards() {
    afterwards.forEach(Runnable::run);
    afterwards.clear();
  }

  /** Notes that the first rank was asked what the files show. */
  void judge() {
    judging = true;
  }

  boolean isJudging() {
    return judging;
  }

  /** What is known to be wrong, before the files are asked. */
  Optional<Cause> fault() {
    return fault;
  }

  /** The first part that did not end well, if one has not. */
  Optional<Part> firstBad() {
    List<Part> bad =
        inOrder.stream()
            .filter(part -> part.verdict() != Verdict.RETURNED)
            .filter(part -> part.verdict() != Verdict.PASSED_OVER)
            .toList();
    return bad.stream()
        .filter(part -> part.verdict() != Verdict.NOT_BEGUN)
        .findFirst()
        .or(() -> bad.stream().findFirst());
  }

  /** All that has ended, by the numbers in the communicator. */
  SortedMap<Integer, Done> parts() {
    SortedMap<Integer, Done> parts = new TreeMap<>();
    done.forEach((rank, how) -> parts.put(ranks.indexOf(rank), how));
    return parts;
  }

  /** Whether files can tell: the call was made, or might have been, on all ranks. */
  boolean isJudgeable() {
    return fault.isEmpty()
        && givenUp.isEmpty()
        && done.values().stream()
            .allMatch(d -> d.verdict() == Verdict.RETURNED || d.verdict() == Verdict.THREW);
  }

  /**
   * Its time so far, and what its parts that have ended used of processors. How much memory it took
   * is not known: ranks are shared.
   */
  Usage usage() {
    ProcessorTime used =
        done.values().stream().map(Done::used).reduce(ProcessorTime.NONE, ProcessorTime::plus);
    return new Usage(
        started, Duration.ofNanos(System.nanoTime() - begin), used.user(), used.system(), 0);
  }
}
