package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Loss;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/**
 * What runs next: what happened goes in, what is to be done comes out. One method for each thing
 * that can happen; {@link #next} tells what follows.
 *
 * <p>What it never does: start, end or wait for anything, read a clock or a file. All of that is
 * the caller's, who must perform the actions in their order. Not thread-safe: one thread owns it.
 *
 * <p>A folder waits until those that it depends on have ended; then, if an advisor is asked, for
 * the advice; then for ranks and tokens. When its last trial has ended, it has its final state once
 * the advisor has agreed. Every folder that it was given ends in exactly one final state, or is
 * still waiting when the walk was stopped.
 */
public final class Walk {
  private final WalkRules rules;
  private final TimeLeft time;
  private final Queue<Action> decided = new ArrayDeque<>();
  private final Halt halt = new Halt();
  private final OwnRanks ranks = new OwnRanks();
  private final LackOfRoom room = new LackOfRoom();
  private final RunningTrials running = new RunningTrials();
  private final Undecided undecided = new Undecided();
  private final FinishedFolders finished;
  private final OpenFolders open;
  private final Course course;
  private final Conclusions conclusions;
  private final HostFaults faults;
  private final Starts starts;
  private final Aftermath aftermath;
  private final Questions questions;
  private final Dismissals dismissals;
  private boolean keepalive;
  private int tagged;

  /** A walk over the untagged folders of a tree. */
  public Walk(WalkRules rules, JobTree tree) {
    this(rules, tree, Past.none());
  }

  /**
   * A walk over the untagged folders of a tree that goes on where earlier runs left them.
   *
   * @throws org.jobfold.folder.RefusedException if folders depend on what is not there or on one
   *     another, or want tokens that there are not
   */
  public Walk(WalkRules rules, JobTree tree, Past past) {
    Refusals.refuseTokens(tree.folders(), rules.queues());
    LearnedTimes learned = new LearnedTimes();
    this.rules = rules;
    finished = new FinishedFolders(tree.folders().size());
    time = new TimeLeft(rules.deadline(), learned);
    open = new OpenFolders(rules.sharing(), untagged(tree), ranks, time);
    course = new Course(rules, new Precedence(tree), open, running, undecided, finished, decided);
    conclusions = new Conclusions(rules, open, undecided, course, decided);
    faults = new HostFaults(rules, halt, ranks, finished, undecided, course, conclusions, decided);
    starts = new Starts(rules.queues(), open, running, ranks, learned, faults, decided);
    aftermath =
        new Aftermath(
            rules.retry(), starts, ranks, learned, undecided, course, conclusions, faults);
    questions = new Questions(open, running, ranks, course, decided);
    dismissals = new Dismissals(running, rules.grace(), decided);
    tagged = tagged(tree);
    new Resumption(rules, course, finished).take(tree, past);
  }

  /**
   * Gives the walk its ranks. After it was {@link #finished} it can be given others, and goes on
   * with what is waiting then.
   *
   * @param all lent from, one part a trial; nobody else may use it until the walk is finished
   * @throws MpiSizeException if there are no ranks, or folders ask for more ranks than there are,
   *     and the rules do not leave them: it names them all
   */
  public void begin(Communicator all) {
    if (!running.isEmpty()) {
      throw new IllegalStateException("the walk has ranks, and trials run on them");
    }
    if (all.size() == 0) {
      throw new MpiSizeException("the communicator has no ranks: nothing can run on it");
    }
    if (rules.wide() == WalkRules.Wide.REFUSED) {
      Refusals.refuseTooWide(
          open.stream().map(Waiting::folder).toList(), open.sharing(), all.placement());
    }
    ranks.begin(all, rules.wide());
    open.begin();
    if (rules.wide() == WalkRules.Wide.LEFT) {
      open.narrow();
    }
    halt.begin();
    course.freeAll();
  }

  /** What is to be done now, in this order. */
  public List<Action> next(Duration now) {
    dismissals.pass(now);
    ranks.limbo().release(now);
    time.warning(now).ifPresent(warning -> dismissals.warn(warning, time.reason()));
    if (!halt.isEnding()) {
      time.over(now).ifPresent(reason -> stop(Stop.TERMINATE, reason, now));
    }
    if (!halt.isStopping()) {
      course.beginLastPhaseIfDue();
    }
    ranks.withheld().pass(now);
    if (halt.mayStart() && ranks.given()) {
      do {
        starts.admit(now);
        stopIfTooLate();
      } while (starts.trustWhereNothingElseIsLeft(now));
      questions.ask();
    }
    open.newsOfTooWide().ifPresent(decided::add);
    List<Action> actions = new ArrayList<>(decided);
    decided.clear();
    return actions;
  }

  /** Where folders wait, and none can end in the time left, the walk is over. */
  private void stopIfTooLate() {
    if (running.isEmpty() && open.turns().isEmpty() && !keepalive && open.waiting().isTooLate()) {
      halt.stop(Stop.DRAIN);
      decided.add(new Action.OutOfTime(open.size()));
    }
  }

  /**
   * The end is near, as somebody outside says: nothing new is started, and running folders get the
   * warning of the deadline now, if they were to get one. They are ended when its time has come.
   */
  public void endIsNear(String reason, Duration now) {
    stop(Stop.DRAIN, reason, now);
    time.warningAhead().ifPresent(warning -> dismissals.warn(warning, time.reason()));
  }

  /** When {@link #next} has something to do even if nothing happens until then. */
  public Optional<Duration> wakeAt() {
    Optional<Duration> start = halt.mayStart() ? open.waiting().nextStart() : Optional.empty();
    Optional<Duration> last = halt.isEnding() ? Optional.empty() : time.last();
    return Stream.of(
            running.nextAlarm(),
            ranks.limbo().next(),
            ranks.withheld().next(),
            start,
            time.nextWarning(),
            last)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /**
   * How a process that ended counts: what the session says, unless it was jobfold that ended it.
   */
  public Outcome outcomeOf(SessionEvent.Ended event) {
    return outcome(running.expect(event.id()), event.outcome());
  }

  private Outcome outcome(Trial trial, Outcome seen) {
    return room.outcome(trial.outcome(seen), trial.start());
  }

  /** A process has ended, and nothing of it is left. */
  public void ended(SessionEvent.Ended event, Duration now) {
    Trial trial = running.expect(event.id());
    Outcome outcome = outcome(trial, event.outcome());
    Usage usage = trial.used(event.usage());
    if (outcome.succeeded() && trial.hasMoreSteps()) {
      trial.advance();
      decided.add(new Action.Launch(trial.order()));
    } else {
      aftermath.ended(trial, outcome, usage, event, now);
    }
  }

  /**
   * Ranks are gone, and do not come back; all trials that had one of them have {@link #ended}. The
   * others go on with what is left. A folder that asks for more than that does not run any more,
   * and stays without a final state.
   *
   * @param gone their numbers in the allocation; such as this walk does not have change nothing
   * @param reason how that was noticed, for people
   */
  public void lost(Host host, List<Integer> gone, String reason, Duration now) {
    int fewer = ranks.lose(host, gone);
    if (fewer == 0) {
      return;
    }
    OwnHosts left = ranks.hosts();
    if (left.on(host) == 0) {
      faults.lost(host, now);
    }
    open.narrow();
    starts.share();
    int again = aftermath.triedAgainAfter(host);
    decided.add(new Action.Lose(new Loss(host, gone, reason, again, left.on(host), left.size())));
  }

  /**
   * The advisor has said what becomes of a folder whose turn it is.
   *
   * @param folder as it was asked about: the answer counts only while that is how the tree has it
   */
  public void advised(JobFolder folder, Advice advice) {
    conclusions.advised(folder, advice, ranks.hosts());
  }

  /** The advisor has said whether what came of a folder counts. */
  public void judged(FolderName folder, Verdict verdict, Duration now) {
    conclusions.judged(folder, verdict, halt, now);
  }

  /** The run is to stop. A weaker stop after a stronger one changes nothing. */
  public void stop(Stop how, String reason, Duration now) {
    if (!halt.stop(how)) {
      return;
    }
    ranks.withheld().release();
    faults.trustAll(now);
    if (how != Stop.DRAIN) {
      dismissals.all(how, reason, now);
    }
  }

  /** Nothing is started until {@link #goOn} for the same reason. */
  public void hold(Hold why) {
    halt.hold(why);
  }

  /** Folders are started again, as far as that held them up. */
  public void goOn(Hold why) {
    halt.goOn(why);
  }

  /**
   * It is seen that folders have no room for their files. What ran meanwhile and fails has failed
   * for that.
   *
   * @param lack its reason is what is full
   */
  public void lacksRoom(Cause.NoRoom lack) {
    room.begin(lack);
  }

  /** Folders have room for their files, again or still, and are started as far as that goes. */
  public void hasRoom(Duration now) {
    room.end(now);
    halt.goOn(Hold.ROOM);
  }

  /**
   * A process that was to be started was not, and nothing else was asked of it: its folder waits
   * again as if its turn had not come.
   */
  public void recall(TrialId id) {
    starts.recall(running.expect(id));
  }

  /**
   * The session is gone, and all that ran on it. Those trials count for nothing: their folders wait
   * again.
   */
  public void abandon() {
    ranks.limbo().release();
    List.copyOf(running.all()).forEach(starts::takeBack);
    open.abandonTurns();
    undecided.clear().forEach(trial -> open.holdBack(trial.begun()));
    ranks.withheld().release();
    faults.forget();
    decided.clear();
  }

  /** How many folders have failed, or are blocked, of which {@link #next} has not told yet. */
  public int untold() {
    return (int)
        decided.stream()
            .filter(action -> action instanceof Action.Settle end && !end.state().succeeded())
            .count();
  }

  /** Whether the walk holds its ranks when all is done, and waits for an update. */
  public void keepalive(Keepalive wanted) {
    keepalive = wanted == Keepalive.ON;
  }

  /** Whether {@link #finished} waits for an update. */
  public enum Keepalive {
    /** It does. */
    ON,
    /** It does not. */
    OFF
  }

  /** What an update does with what it finds no longer of use. */
  public enum DeleteOld {
    /**
     * Forget folders that succeeded, and waiting ones that the new tree does not have. What the new
     * tree has and was finished is not run again. Failures stay in the errors map.
     */
    YES,
    /** Forget nothing. */
    NO
  }

  /**
   * Takes up a new version of the tree. Running folders are left alone; new ones are queued; those
   * that have not run yet are replaced, or taken out if they are tagged now; finished ones stay as
   * they are. Waiting folders that the new tree does not have still run, unless they are forgotten.
   *
   * @throws MpiSizeException if folders of the new tree ask for more ranks than there are: it names
   *     them all, and nothing is changed
   * @throws org.jobfold.folder.RefusedException if folders depend on what is not there or on one
   *     another, or want tokens that there are not; nothing is changed
   */
  public UpdateReport update(JobTree tree, DeleteOld deleteOld) {
    return update(tree, deleteOld, Past.Failed.STAY);
  }

  /**
   * The same.
   *
   * @param failed what becomes of folders of the new tree that have failed for good, and of those
   *     that they block
   */
  public UpdateReport update(JobTree tree, DeleteOld deleteOld, Past.Failed failed) {
    UpdateReport report =
        new Update(rules, ranks, open, running, undecided, finished, course)
            .take(tree, deleteOld, failed);
    starts.share();
    tagged = tagged(tree);
    return report;
  }

  static Stream<JobFolder> untagged(JobTree tree) {
    return tree.folders().stream().filter(folder -> !folder.tagged());
  }

  private static int tagged(JobTree tree) {
    return (int) tree.folders().stream().filter(JobFolder::tagged).count();
  }

  /** Whether nothing runs and nothing will, unless the tree is updated. */
  public boolean idle() {
    return running.isEmpty()
        && decided.isEmpty()
        && undecided.isEmpty()
        && (halt.isStopping() || course.nothingIsLeft());
  }

  /** Whether it is idle and the ranks are not held for an update. */
  public boolean finished() {
    return idle() && (halt.isStopping() || open.isClosed() || !keepalive);
  }

  /** Why it stopped before all was done, if it did. */
  public Optional<Stop> stopping() {
    return halt.stopping();
  }

  /** The folders that did not succeed, by name. */
  public SortedMap<FolderName, Failure> errors() {
    return finished.errors();
  }

  /** How many folders are in which state. */
  public Tally tally() {
    return new Tally(
        open.size() + undecided.size(),
        running.size(),
        finished.succeeded(),
        finished.failed(),
        finished.interrupted(),
        tagged,
        starts.retries(),
        finished.skipped(),
        finished.blocked());
  }
}
