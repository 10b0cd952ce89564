package org.jobfold.backend.mpj;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jobfold.backend.local.CannotStartException;
import org.jobfold.backend.local.TrialFiles;
import org.jobfold.backend.mpj.Message.Begin;
import org.jobfold.backend.mpj.Message.Done;
import org.jobfold.backend.mpj.Message.Drop;
import org.jobfold.backend.mpj.Message.Judged;
import org.jobfold.backend.mpj.Message.Ready;
import org.jobfold.backend.mpj.Message.Signal;
import org.jobfold.backend.mpj.Message.Verdict;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.TrialId;

/**
 * Calls in the ranks, for one session: asks the ranks of each order, takes up what they say, and
 * has exactly one end posted for it.
 *
 * <p>All that it knows is touched by one thread of its own; everybody else posts to that.
 */
final class MpiCalls implements RankLinks.Receiver, AutoCloseable {
  private final Path root;
  private final RankLinks links;
  private final Patience patience;
  private final Consumer<SessionEvent> events;
  private final CallDesk desk = new CallDesk();
  private final OpenCalls calls = new OpenCalls();
  private final Runaways runaways = new Runaways();
  private final LostRanks lost;
  private final CommunicatorNumbers communicators;
  private final CallEnds ends;
  private final Surrender surrender;

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
    this.lost = new LostRanks(links);
    this.communicators =
        new CommunicatorNumbers(64, (rank, number) -> links.send(rank, new Drop(number)));
    this.ends = new CallEnds(calls, links, desk, lost, communicators, events);
    LostHosts losses = new LostHosts(allocation, events, desk::after);
    this.surrender = new Surrender(calls, links, desk, patience, ends, lost, losses, runaways);
  }

  /** Makes a call. */
  void launch(Order order) {
    desk.post(() -> begin(order));
  }

  /** Asks a call to end. */
  void end(TrialId id, Force force) {
    desk.post(
        () ->
            calls
                .find(id)
                .ifPresent(force == Force.KILL ? surrender::force : surrender::interrupt));
  }

  /** Tells a call of a signal, if it has started. */
  void signal(TrialId id, int signal) {
    desk.post(
        () ->
            calls
                .find(id)
                .filter(MpiTrial::isReady)
                .ifPresent(
                    trial ->
                        trial
                            .working()
                            .forEach(
                                rank -> links.send(rank, new Signal(trial.number(), signal)))));
  }

  @Override
  public void received(int rank, Message message) {
    desk.post(() -> take(rank, message));
  }

  /** Whether ranks can not speak to one another any more. Thread-safe. */
  boolean areBereft() {
    return lost.areBereft();
  }

  @Override
  public void failing(int rank, String reason) {
    desk.post(() -> surrender.isFailing(rank, reason));
  }

  @Override
  public void lost(int rank, String reason) {
    desk.post(() -> surrender.rankLost(rank, reason));
  }

  /**
   * No programs can be started on a host any more: its ranks end, too, and are told as lost once no
   * call is in them.
   */
  void hostLost(SessionEvent.RanksLost loss) {
    desk.post(() -> loss.ranks().forEach(rank -> surrender.endWithHost(rank, loss.reason())));
  }

  /** Forces all calls to end, and waits until they have and it is told. */
  @Override
  public void close() {
    if (desk.isClosed()) {
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    desk.post(
        () -> {
          // What counts down comes after the event of the last end.
          calls.whenEmpty(() -> desk.post(over::countDown));
          calls.all().forEach(surrender::force);
        });
    try {
      boolean unused = over.await(patience.closing().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    desk.close();
    if (desk.isOver()) {
      surrender.endAll();
      calls.all().forEach(ends::cutOff);
    }
  }

  private void begin(Order order) {
    List<Integer> ranks =
        order.placement().shares().stream().flatMap(s -> s.leaders().stream()).toList();
    Optional<Cause> obstacle =
        lost.obstacle(ranks).or(() -> runaways.obstacle(order.folder().name()));
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
    MpiTrial trial = calls.add(order, files, ranks);
    Begin begin =
        new Begin(trial.number(), communicators.of(ranks), ranks, CallSpec.of(order, files));
    ranks.forEach(rank -> links.send(rank, begin));
    surrender.watch(trial);
  }

  private void take(int rank, Message message) {
    if (message instanceof Ready ready) {
      calls
          .find(ready.call())
          .filter(trial -> trial.ready(rank))
          .ifPresent(trial -> events.accept(new SessionEvent.Started(trial.order().id(), 0)));
    } else if (message instanceof Done done) {
      calls
          .find(done.call())
          .ifPresentOrElse(
              trial -> done(rank, trial, done), () -> runaways.ended(done.call(), rank));
    } else if (message instanceof Judged judged) {
      calls
          .find(judged.call())
          .ifPresentOrElse(
              trial -> ends.judged(trial, judged), () -> runaways.ended(judged.call(), rank));
    }
  }

  private void done(int rank, MpiTrial trial, Done done) {
    if (!trial.isWorking(rank)) {
      return;
    }
    trial.done(rank, done);
    boolean isBad = done.verdict() != Verdict.RETURNED && done.verdict() != Verdict.PASSED_OVER;
    if (isBad && !trial.working().isEmpty() && done.verdict() != Verdict.NOT_BEGUN) {
      surrender.oneHasFailed(trial);
    }
    ends.goOn(trial);
  }
}
