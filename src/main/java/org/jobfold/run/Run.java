package org.jobfold.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.journal.Entry;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.walk.Action;
import org.jobfold.walk.Hold;
import org.jobfold.walk.Past;
import org.jobfold.walk.Stop;
import org.jobfold.walk.UpdateReport;
import org.jobfold.walk.Walk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: asks the walk what to do, writes it down, does it, waits for something to happen,
 * writes that down, and tells the walk. One thread owns the walk, the session and the journal;
 * everything else puts messages into its mailbox. While nothing happens it sleeps.
 *
 * <p>What it never does: decide. That is the walk's. When it ends, for whatever reason, the session
 * is closed, so that nothing it started is left, and the ranks are given back.
 */
public final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Walk walk;
  private final Communicator ranks;
  private final Ports ports;
  private final Ledger ledger;
  private final Mailbox mailbox = new Mailbox();
  private final Board board;
  private final List<Answer> answers = new ArrayList<>();
  private final RoomWatch room;
  private boolean over;
  private Optional<Duration> idleSince = Optional.empty();

  private Run(Walk walk, Communicator ranks, Ports ports) {
    this.walk = walk;
    this.ranks = ranks;
    this.ports = ports;
    this.ledger = new Ledger(ports.journal(), ports.clock());
    this.board = new Board(walk);
    this.room = new RoomWatch(ports.backend(), mailbox::add);
  }

  /** What an update has come to; it is told when that was to be written down. */
  private record Answer(CompletableFuture<UpdateReport> to, UpdateReport report) {}

  /**
   * Starts a run on a thread of its own.
   *
   * @param walk what runs next; nobody else may touch it until the run has ended
   * @param comm all its ranks are taken, and given back at the end
   * @throws org.jobfold.comm.MpiSizeException if the walk does not fit the ranks; nothing is
   *     started then, and no rank is taken
   */
  public static Run start(Walk walk, Communicator comm, Ports ports) {
    Communicator all = comm.lendAll();
    try {
      walk.begin(all);
    } catch (RuntimeException refused) {
      all.release();
      throw refused;
    }
    Run run = new Run(walk, all, ports);
    Daemons.start("jobfold-run", run::perform);
    return run;
  }

  /** Asks the run to stop. */
  public void stop(Stop how, String reason) {
    mailbox.add(new Message.StopAsked(how, reason));
  }

  /**
   * Says that the end of the allocation is near: nothing new is started, running folders get their
   * warning now.
   */
  public void endIsNear(String reason) {
    mailbox.add(new Message.EndIsNear(reason));
  }

  /** Says whether the ranks are held when all is done. */
  public void keepalive(Walk.Keepalive wanted) {
    mailbox.add(new Message.KeepaliveSet(wanted));
  }

  /**
   * Takes up a new version of the tree. The answer comes when the walk has taken it up and that is
   * written down, as far as anything can be, or an exception if it can not.
   */
  public CompletableFuture<UpdateReport> update(
      JobTree tree, Walk.DeleteOld deleteOld, Past.Failed failed) {
    CompletableFuture<UpdateReport> answer = new CompletableFuture<>();
    if (!board.unlessEnded(
        () -> mailbox.add(new Message.Updated(tree, deleteOld, failed, answer)))) {
      answer.completeExceptionally(hasEnded());
    }
    return answer;
  }

  /** How many folders are in which state. */
  public Tally tally() {
    return board.tally();
  }

  /** The folders that did not succeed so far. */
  public SortedMap<FolderName, Failure> errors() {
    return board.errors();
  }

  /** How it was stopped before all was done, if it was. */
  public Optional<Stop> stopping() {
    return board.stopping();
  }

  /**
   * Whether nothing runs and nothing will, unless the tree is updated: it holds its ranks for that,
   * or has ended.
   */
  public boolean idle() {
    return board.idle();
  }

  /** Whether it has ended: nothing that it started is left, and the ranks are given back. */
  public boolean ended() {
    return board.ended();
  }

  /** Waits until it is idle with its ranks held for updates, or has ended. */
  public void awaitIdle() throws InterruptedException {
    board.awaitIdle();
  }

  /** Waits until it is not idle, or has ended: then it gives false. */
  public boolean awaitWork() throws InterruptedException {
    return board.awaitWork();
  }

  /**
   * Waits until it has ended.
   *
   * @throws BrokenOff if it could not go on
   */
  public void awaitEnd() throws InterruptedException {
    board.awaitEnd();
  }

  private void perform() {
    try {
      try (Session session =
          ports.backend().open(event -> mailbox.add(new Message.Happened(event)))) {
        loop(new Performer(session, ports.listener(), board));
      } finally {
        room.close();
        walk.abandon();
        ranks.release();
        publish();
      }
      over(Optional.empty());
    } catch (RuntimeException | Error thrown) {
      over(Optional.of(thrown));
    }
  }

  private void loop(Performer performer) {
    ledger.note(
        new Entry.RunStarted(
            ports.clock().now(),
            ranks.placement().hosts().get(0).name(),
            ProcessHandle.current().pid(),
            ranks.size(),
            walk.tally().left(),
            ports.journal().epoch(),
            ports.journal().run(),
            ranks.placement().hosts().size()));
    if (walk.untold() > 0) {
      ledger.note(new Entry.FoldersLeft(ports.clock().now(), walk.tally().left() + walk.untold()));
    }
    ports.advisor().begin(mailbox::atOnce);
    // A host that did not come up is told by now: nothing is to be started on it.
    mailbox.take(this::accept);
    while (true) {
      decide(performer);
      Written written = write(performer);
      answer();
      if (written == Written.AGAIN) {
        continue;
      }
      publish();
      if (walk.finished() && ledger.trouble().isEmpty()) {
        if (over) {
          break;
        }
        over = true;
        ledger.note(new Entry.RunEnded(ports.clock().now(), walk.tally().left()));
        continue;
      }
      giveUpWhereNothingElseIsLeft();
      await();
    }
  }

  /** Performs at once what needs no record; all else waits until it is written down. */
  private void decide(Performer performer) {
    List<Action.Warn> warnings = new ArrayList<>();
    boolean asked = false;
    for (Action action : walk.next(ports.clock().elapsed())) {
      if (action instanceof Action.AskBefore || action instanceof Action.AskAfter) {
        ask(action);
        asked = true;
      } else if (action instanceof Action.End || action instanceof Action.Warn) {
        performer.perform(action);
        if (action instanceof Action.Warn warning) {
          warnings.add(warning);
        }
      } else {
        ledger.hold(action);
      }
    }
    if (asked) {
      ports.advisor().asked();
    }
    if (!warnings.isEmpty()) {
      ports.listener().warned(warnings.size(), warnings.get(0).signal());
    }
  }

  private void ask(Action action) {
    if (action instanceof Action.AskBefore turn) {
      JobFolder folder = turn.folder();
      ports
          .advisor()
          .before(turn.turn(), advice -> mailbox.add(new Message.Advised(folder, advice)));
    } else if (action instanceof Action.AskAfter end) {
      FolderName folder = end.folder().name();
      ports
          .advisor()
          .after(
              end.folder(),
              end.outcome(),
              verdict -> mailbox.add(new Message.Judged(folder, verdict)));
    }
  }

  /** How writing down went. */
  private enum Written {
    /** As before: it is, or it still can not be. */
    AS_BEFORE,
    /** It is, after it could not be. */
    AGAIN
  }

  /**
   * Every action is in the journal before it is performed. Where that can not be written, nothing
   * is started until it can; what runs goes on.
   */
  private Written write(Performer performer) {
    boolean before = ledger.trouble().isEmpty();
    ledger.write().forEach(performer::perform);
    if (ledger.trouble().isPresent()) {
      ledger.recall().forEach(walk::recall);
      if (before) {
        walk.hold(Hold.JOURNAL);
        LOG.debug("nothing is started", ledger.trouble().get());
        ports.listener().paused(ledger.trouble().get());
      }
      return Written.AS_BEFORE;
    }
    if (before) {
      return Written.AS_BEFORE;
    }
    walk.goOn(Hold.JOURNAL);
    ports.listener().wentOn();
    return Written.AGAIN;
  }

  /**
   * Nothing runs and nothing may be started: there is no point in waiting for ever. Where it is
   * only the folders that have no room, the run is stopped, and ends in order.
   */
  private void giveUpWhereNothingElseIsLeft() {
    boolean unwritten = ledger.trouble().isPresent();
    if ((!unwritten && !waitsForRoom()) || walk.tally().running() > 0) {
      idleSince = Optional.empty();
      return;
    }
    Duration now = ports.clock().elapsed();
    idleSince = idleSince.or(() -> Optional.of(now));
    boolean tooLong = now.minus(idleSince.get()).compareTo(ports.patience()) >= 0;
    if (unwritten && (tooLong || walk.stopping().isPresent())) {
      throw ledger.trouble().get();
    }
    if (!unwritten && tooLong) {
      String lack = room.lack().orElseThrow();
      ports.listener().outOfRoom(lack, ports.patience());
      stop(Stop.DRAIN, lack);
    }
  }

  private boolean waitsForRoom() {
    return room.lack().isPresent() && walk.stopping().isEmpty() && walk.tally().waiting() > 0;
  }

  /**
   * Sleeps until a message is there or the walk wants to be asked again, and takes all messages
   * that are there.
   */
  private void await() {
    try {
      Optional<Duration> wake =
          Stream.of(
                  walk.wakeAt(),
                  ledger.retryAt(),
                  idleSince.filter(any -> waitsForRoom()).map(ports.patience()::plus))
              .flatMap(Optional::stream)
              .min(Comparator.naturalOrder());
      mailbox.await(wake.map(at -> at.minus(ports.clock().elapsed())), this::accept);
    } catch (InterruptedException interrupted) {
      walk.stop(Stop.TERMINATE, "the run's thread was interrupted", ports.clock().elapsed());
    }
  }

  private void accept(Message message) {
    if (message instanceof Message.Happened happened) {
      accept(happened.event());
    } else if (message instanceof Message.StopAsked stop) {
      walk.stop(stop.how(), stop.reason(), ports.clock().elapsed());
      ledger.hurry();
    } else if (message instanceof Message.EndIsNear near) {
      walk.endIsNear(near.reason(), ports.clock().elapsed());
      ledger.hurry();
    } else if (message instanceof Message.Advised advised) {
      walk.advised(advised.folder(), advised.advice());
    } else if (message instanceof Message.Judged judged) {
      walk.judged(judged.folder(), judged.verdict(), ports.clock().elapsed());
    } else if (message instanceof Message.KeepaliveSet set) {
      walk.keepalive(set.wanted());
    } else if (message instanceof Message.RoomSeen seen) {
      accept(seen);
    } else if (message instanceof Message.Updated update) {
      accept(update);
    }
  }

  private void accept(SessionEvent event) {
    if (event instanceof SessionEvent.Started started) {
      ledger.note(new Entry.TrialStarted(ports.clock().now(), started.id(), started.pid()));
    } else if (event instanceof SessionEvent.Ended ended) {
      Outcome outcome = walk.outcomeOf(ended);
      ledger.note(
          new Entry.TrialEnded(
              ports.clock().now(),
              ended.id(),
              outcome,
              ended.usage(),
              ended.stdout(),
              ended.stderr()));
      walk.ended(ended, ports.clock().elapsed());
      ports.listener().ended(ended, outcome);
      if (outcome.cause().orElse(null) instanceof Cause.NoRoom found) {
        walk.hold(Hold.ROOM);
        room.begin(found);
      }
    } else if (event instanceof SessionEvent.RanksLost gone) {
      walk.lost(gone.host(), gone.ranks(), gone.reason(), ports.clock().elapsed());
    }
  }

  private void accept(Message.RoomSeen seen) {
    boolean first = room.saw(seen);
    if (seen.lack().isPresent()) {
      walk.lacksRoom(new Cause.NoRoom(seen.directory(), seen.lack().get()));
      ports.listener().full(seen.lack().get());
      return;
    }
    walk.hasRoom(ports.clock().elapsed());
    if (!first) {
      ports.listener().roomAgain();
    }
  }

  private void accept(Message.Updated update) {
    if (over) {
      update.answer().completeExceptionally(hasEnded());
      return;
    }
    try {
      SortedMap<FolderName, Failure> before = walk.errors();
      UpdateReport report = walk.update(update.tree(), update.deleteOld(), update.failed());
      account(report, before);
      board.updated(report);
      ledger.note(new Entry.FoldersLeft(ports.clock().now(), walk.tally().left()));
      answers.add(new Answer(update.answer(), report));
    } catch (RuntimeException refused) {
      update.answer().completeExceptionally(refused);
    }
  }

  private void answer() {
    answers.forEach(answer -> answer.to().complete(answer.report()));
    answers.clear();
  }

  /** Writes down what becomes of folders that the account knows. */
  private void account(UpdateReport report, Map<FolderName, Failure> before) {
    Instant now = ports.clock().now();
    Stream.of(report.added(), report.retried(), report.unblocked())
        .flatMap(List::stream)
        .filter(before::containsKey)
        .map(name -> Entry.FolderReached.anew(now, name, trials(before, name)))
        .forEach(ledger::note);
    Entry.FoldersDropped.of(now, report.dropped()).forEach(ledger::note);
  }

  private static int trials(Map<FolderName, Failure> failures, FolderName name) {
    return Optional.ofNullable(failures.get(name)).map(Failure::trials).orElse(0);
  }

  private void publish() {
    board.publish(walk, mailbox).ifPresent(ports.listener()::progress);
  }

  private void over(Optional<Throwable> why) {
    board.over(why);
    answers.forEach(answer -> answer.to().completeExceptionally(hasEnded()));
    mailbox.take(
        left -> {
          if (left instanceof Message.Updated update) {
            update.answer().completeExceptionally(hasEnded());
          }
        });
  }

  private static IllegalStateException hasEnded() {
    return new IllegalStateException("the run has ended: its tree can not be updated any more");
  }
}
