package org.jobfold.backend.mpj;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jobfold.backend.local.CannotStartException;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Drop;
import org.jobfold.backend.mpj.Message.End;
import org.jobfold.backend.mpj.Message.Forget;
import org.jobfold.backend.mpj.Message.Interrupt;
import org.jobfold.backend.mpj.Message.Judge;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Judgement;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Functional;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Cause.Prospect;
import org.jobfold.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls in the ranks, for one session: asks the ranks of each order, and posts exactly one end for
 * it.
 *
 * <p>A rank that does not end its part is given up: it is told as lost, and gets no more calls.
 * Where it is a JVM of its own, that is ended, and the end is told when it is gone. Where it is
 * not, its thread goes on; then the folder is not run again while it does, since a folder must
 * never run twice at a time.
 *
 * <p>All that it knows is touched by one thread of its own; everybody else posts to that.
 */
final class MpiCalls implements RankLinks.Receiver, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MpiCalls.class);

  private final Path root;
  private final RankLinks links;
  private final Patience patience;
  private final Consumer<SessionEvent> events;
  private final ScheduledThreadPoolExecutor desk;
  private final CommunicatorNumbers communicators;
  private final Map<Long, MpiTrial> calls = new TreeMap<>();
  private final Map<TrialId, Long> numbers = new HashMap<>();
  private final Set<Integer> lost = new HashSet<>();
  private final LostHosts losses;
  private final Map<Long, Runaway> runaways = new TreeMap<>();
  private long last;

  /**
   * How long is waited for ranks.
   *
   * @param ready until all ranks of a call have their communicator
   * @param ending from when a call was asked to end because another rank has failed
   * @param forced from when it was forced to end
   */
  record Patience(Duration ready, Duration ending, Duration forced) {
    static final Patience USUAL =
        new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }

  /** A call that was given up and goes on in these ranks. */
  private record Runaway(FolderName folder, Set<Integer> ranks) {}

  MpiCalls(
      Path root,
      Placement allocation,
      RankLinks links,
      Patience patience,
      Consumer<SessionEvent> events) {
    this.root = root;
    this.links = links;
    this.patience = patience;
    this.events = events;
    this.losses = new LostHosts(allocation, events, (wait, work) -> after(wait, work));
    this.communicators =
        new CommunicatorNumbers(64, (rank, number) -> send(rank, new Drop(number)));
    this.desk =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "mpi-calls");
              thread.setDaemon(true);
              return thread;
            });
    desk.setRemoveOnCancelPolicy(true);
  }

  /** Makes a call. */
  void launch(Order order) {
    post(() -> begin(order));
  }

  /** Asks a call to end. */
  void end(TrialId id, Force force) {
    post(
        () ->
            find(id)
                .ifPresent(
                    number -> {
                      interrupt(number, trial(number));
                      if (force == Force.KILL) {
                        later(patience.forced(), number, "it did not end when it was forced to");
                      }
                    }));
  }

  @Override
  public void received(int rank, byte[] message) {
    post(() -> take(rank, MessageCodec.message(message)));
  }

  @Override
  public void lost(int rank, String reason) {
    post(() -> rankLost(rank, reason));
  }

  /**
   * No programs can be started on a host any more: its ranks end, too, and are told as lost once no
   * call is in them.
   */
  void hostLost(SessionEvent.RanksLost loss) {
    post(() -> loss.ranks().forEach(rank -> endWithHost(rank, loss.reason())));
  }

  private void endWithHost(int rank, String reason) {
    endOf(rank);
    // A rank that has a call is waited for: it says that it has ended, or its lease runs out.
    if (calls.values().stream().noneMatch(trial -> isIn(rank, trial))) {
      rankLost(rank, reason);
    }
  }

  private static boolean isIn(int rank, MpiTrial trial) {
    return trial.isWorking(rank) || (trial.isJudging() && trial.ranks().get(0) == rank);
  }

  @Override
  public void close() {
    desk.shutdownNow();
    try {
      if (!desk.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("the calls in the ranks are still at work on the folders' files");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.values().forEach(trial -> trial.working().forEach(this::endOf));
  }

  private void endOf(int rank) {
    if (links.expendable().contains(rank)) {
      send(rank, new End());
    }
  }

  private void post(Runnable work) {
    try {
      desk.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error e) {
              LOG.error("an error of jobfold in the calls of the ranks", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("closed", e);
    }
  }

  private Optional<Long> find(TrialId id) {
    return Optional.ofNullable(numbers.get(id));
  }

  private MpiTrial trial(long number) {
    return Objects.requireNonNull(calls.get(number));
  }

  private void begin(Order order) {
    List<Integer> ranks =
        order.placement().shares().stream().flatMap(s -> s.leaders().stream()).toList();
    Optional<Cause> obstacle = obstacle(order, ranks);
    if (obstacle.isPresent()) {
      events.accept(TrialFiles.notBegun(order, obstacle.get()));
      return;
    }
    TrialFiles files;
    try {
      files = TrialFiles.prepare(root, order);
    } catch (CannotStartException e) {
      events.accept(TrialFiles.notBegun(order, e.why()));
      return;
    }
    long number = ++last;
    calls.put(number, new MpiTrial(order, files, ranks));
    numbers.put(order.id(), number);
    Begin begin = new Begin(number, communicators.of(ranks), ranks, spec(order, files));
    ranks.forEach(rank -> send(rank, begin));
    after(patience.ready(), () -> giveUpUnready(number));
  }

  private Optional<Cause> obstacle(Order order, List<Integer> ranks) {
    List<Integer> gone = ranks.stream().filter(lost::contains).toList();
    if (!gone.isEmpty()) {
      return Optional.of(new Cause.NodeLost(text(gone) + " of this folder was lost before"));
    }
    if (ranks.size() > 1 && lost.stream().anyMatch(links.expendable()::contains)) {
      // Its thread that receives ends for good when it finds a connection reset.
      return Optional.of(
          new Cause.Interrupted(
              "its ranks can not speak to one another any more, since MPJ Express does not survive"
                  + " the loss of a rank: 'resume' in a new world goes on with it"));
    }
    return runaways.values().stream()
        .filter(runaway -> runaway.folder().equals(order.folder().name()))
        .findFirst()
        .map(
            runaway ->
                new Cause.LaunchError(
                    "an earlier call of this folder still runs in "
                        + text(runaway.ranks())
                        + " and can not be ended: let its loops ask 'isEnding()', and resume the"
                        + " run",
                    Prospect.LASTING));
  }

  private static CallSpec spec(Order order, TrialFiles files) {
    Functional.Call call = (Functional.Call) order.step().functional();
    return new CallSpec(
        call.className(),
        call.classpath().stream()
            .map(entry -> files.directory().resolve(entry).normalize().toString())
            .toList(),
        order.folder().settings().params(),
        files.directory().toString(),
        order.folder().name().path(),
        order.id().number(),
        order.placement().hosts().stream().map(Host::name).toList(),
        files.stdout().toString(),
        files.stderr().toString());
  }

  private void take(int rank, Message message) {
    if (message instanceof Ready ready) {
      if (calls.containsKey(ready.call()) && trial(ready.call()).ready(rank)) {
        events.accept(new SessionEvent.Started(trial(ready.call()).order().id(), 0));
      }
    } else if (message instanceof Done done) {
      if (calls.containsKey(done.call())) {
        done(rank, done);
      } else {
        settle(rank, done.call());
      }
    } else if (message instanceof Judged judged) {
      if (calls.containsKey(judged.call())) {
        finish(judged.call(), Optional.of(judged));
      } else {
        settle(rank, judged.call());
      }
    }
  }

  private void done(int rank, Done done) {
    MpiTrial trial = trial(done.call());
    if (!trial.isWorking(rank)) {
      return;
    }
    trial.done(rank, done);
    boolean isBad = done.verdict() != Verdict.RETURNED && done.verdict() != Verdict.PASSED_OVER;
    if (isBad && !trial.working().isEmpty() && done.verdict() != Verdict.NOT_BEGUN) {
      interrupt(done.call(), trial);
      later(
          patience.ending(),
          done.call(),
          "it did not end after another rank of '"
              + trial.order().folder().name()
              + "' had failed");
    }
    goOn(done.call());
  }

  private void interrupt(long number, MpiTrial trial) {
    if (trial.interrupt()) {
      trial.working().forEach(rank -> send(rank, new Interrupt(number)));
    }
  }

  private void later(Duration wait, long number, String reason) {
    after(wait, () -> giveUp(number, reason));
  }

  private void after(Duration wait, Runnable work) {
    ScheduledFuture<?> unused =
        desk.schedule(() -> post(work), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void giveUpUnready(long number) {
    if (calls.containsKey(number) && !trial(number).isReady()) {
      giveUp(number, "it could not be joined with the others in a communicator");
    }
  }

  /** Gives up the ranks that have not ended their parts. */
  private void giveUp(long number, String reason) {
    if (!calls.containsKey(number)) {
      return;
    }
    MpiTrial trial = trial(number);
    if (trial.isJudging()) {
      trial.fail(new Cause.SuccessCheck("the files of the call are still being looked at"));
      abandon(number, trial, List.of(trial.ranks().get(0)), reason);
      return;
    }
    trial.fail(new Cause.NodeLost(text(trial.working()) + " is given up: " + reason));
    abandon(number, trial, trial.working(), reason);
  }

  private void abandon(long number, MpiTrial trial, List<Integer> ranks, String reason) {
    List<Integer> endable = ranks.stream().filter(links.expendable()::contains).toList();
    // Their end is heard of as that of the way to them; then the call goes on.
    endable.forEach(rank -> send(rank, new End()));
    Set<Integer> others = new LinkedHashSet<>(ranks);
    others.removeAll(endable);
    if (!others.isEmpty()) {
      runaways.put(number, new Runaway(trial.order().folder().name(), new HashSet<>(others)));
      others.forEach(trial::giveUp);
      lost.addAll(others);
      goOnWith(number, others, reason);
    }
  }

  private void rankLost(int rank, String reason) {
    if (!lost.add(rank)) {
      return;
    }
    boolean had = false;
    for (long number : List.copyOf(calls.keySet())) {
      MpiTrial trial = trial(number);
      if (isIn(rank, trial)) {
        had = true;
        trial.fail(new Cause.NodeLost("rank " + rank + ": " + reason));
        trial.giveUp(rank);
        interrupt(number, trial);
        later(patience.ending(), number, "it did not end after rank " + rank + " was lost");
        goOnWith(number, Set.of(rank), reason);
      }
    }
    if (!had) {
      tellLost(Set.of(rank), reason);
    }
  }

  /** Ends a call that nobody works on; then, of these ranks, tells that they are lost. */
  private void goOnWith(long number, Set<Integer> ranks, String reason) {
    goOn(number);
    if (calls.containsKey(number)) {
      trial(number).afterwards(() -> tellLost(ranks, reason));
    } else {
      tellLost(ranks, reason);
    }
  }

  private void tellLost(Set<Integer> ranks, String reason) {
    losses.lost(ranks, reason);
  }

  /** What comes next of a call: wait, ask what the files show, or end it. */
  private void goOn(long number) {
    MpiTrial trial = trial(number);
    if (!trial.working().isEmpty()) {
      return;
    }
    if (trial.isJudgeable()) {
      trial.judge();
      send(trial.ranks().get(0), new Judge(number));
    } else {
      finish(number, Optional.empty());
    }
  }

  private void finish(long number, Optional<Judged> judged) {
    MpiTrial trial = trial(number);
    boolean isClean =
        trial.firstBad().isEmpty() && trial.givenUp().isEmpty() && trial.fault().isEmpty();
    if (!isClean) {
      communicators.forget(trial.ranks());
    }
    Optional<Cause> fault = fault(trial, judged);
    Optional<Cause> trouble = writeRest(trial);
    calls.remove(number);
    numbers.remove(trial.order().id());
    trial.ranks().forEach(rank -> send(rank, new Forget(number)));
    events.accept(trial.files().ended(fault.isPresent() ? fault : trouble, trial.usage()));
    trial.runAfterwards();
  }

  private static Optional<Cause> fault(MpiTrial trial, Optional<Judged> judged) {
    if (trial.fault().isPresent()) {
      return trial.fault();
    }
    Optional<Judgement> judgement = judged.map(Judged::judgement);
    if (judgement.equals(Optional.of(Judgement.SUCCESS))) {
      return Optional.empty();
    }
    Optional<Cause> bad = trial.firstBad().map(part -> cause(trial, part));
    if (bad.isEmpty() && judgement.equals(Optional.of(Judgement.FAILURE))) {
      String reason = judged.map(Judged::reason).orElse("");
      return Optional.of(
          new Cause.SuccessCheck(
              reason.isEmpty()
                  ? "the call ended, but its files do not show success"
                  : "the call ended, and its files: " + reason));
    }
    return bad;
  }

  private static Cause cause(MpiTrial trial, MpiTrial.Part part) {
    Done done = part.done();
    String rank = "rank " + part.rank() + " of " + trial.ranks().size();
    return switch (done.verdict()) {
      case THREW -> new Cause.Thrown("the call threw " + done.reason());
      case REFUSED -> new Cause.LaunchError(done.reason(), Prospect.LASTING);
      case NO_COMMUNICATOR -> new Cause.NodeLost(rank + ": " + done.reason());
      default -> new Cause.Interrupted("it was to end before it had started");
    };
  }

  /** Adds to the folder's files what the ranks could not write themselves. */
  private Optional<Cause> writeRest(MpiTrial trial) {
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    trial
        .parts()
        .forEach(
            (rank, done) -> {
              done.out().lines().forEach(line -> line(out, rank, line));
              done.err().lines().forEach(line -> line(err, rank, line));
            });
    trial
        .firstBad()
        .filter(part -> !part.done().reason().isEmpty())
        .ifPresent(
            part -> {
              err.append(part.done().trace());
              err.append("jobfold call: ");
              if (part.verdict() == Verdict.THREW) {
                err.append("rank ").append(part.rank()).append(": ");
              }
              err.append(part.done().reason()).append('\n');
            });
    try {
      TrialFiles.append(trial.files().stdout(), out.toString());
      TrialFiles.append(trial.files().stderr(), err.toString());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(new Cause.LaunchError("what the ranks printed can not be written: " + e));
    }
  }

  private static void line(StringBuilder to, int rank, String line) {
    to.append("[rank ").append(rank).append("] ").append(line).append('\n');
  }

  /** A part of a call has ended after all that was given up. */
  private void settle(int rank, long number) {
    Runaway runaway = runaways.get(number);
    if (runaway != null) {
      runaway.ranks().remove(rank);
      if (runaway.ranks().isEmpty()) {
        runaways.remove(number);
      }
    }
  }

  private static String text(Collection<Integer> ranks) {
    List<Integer> sorted = new ArrayList<>(ranks);
    sorted.sort(null);
    return (sorted.size() == 1 ? "rank " : "ranks ")
        + sorted.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void send(int rank, Message message) {
    links.send(rank, MessageCodec.bytes(message));
  }
}
