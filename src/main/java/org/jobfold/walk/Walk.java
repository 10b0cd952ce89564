package org.jobfold.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Force;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Verdict;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
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
  private final LearnedTimes learned = new LearnedTimes();
  private final TimeLeft time;
  private final RunningTrials running = new RunningTrials();
  private final FinishedFolders finished = new FinishedFolders();
  private final Queue<Action> decided = new ArrayDeque<>();

  /** Folders whose predecessors have not all ended, and those of the last phase before it. */
  private final Map<FolderName, Waiting> heldBack = new LinkedHashMap<>();

  /** Folders whose turn it is, for the advisor. */
  private final Turns turns = new Turns();

  private final DoneBefore doneBefore = new DoneBefore();

  /** Folders whose last trial has ended, and of which the advisor has been asked. */
  private final Map<FolderName, Ending> ending = new LinkedHashMap<>();

  /** Finished folders that count no more, and do not run again while the tree has them. */
  private final Map<FolderName, FinalState> forgotten = new HashMap<>();

  private final Tokens tokens;
  private Sharing sharing;
  private WaitingFolders waiting;
  private Admission admission;
  private Precedence precedence;
  private Optional<Communicator> ranks = Optional.empty();
  private int width;
  private Optional<Stop> stopping = Optional.empty();
  private Phase phase = Phase.MAIN;
  private int mainLeft;
  private boolean closed;
  private boolean keepalive;
  private boolean held;
  private boolean reopenedLast;
  private int tagged;

  /** Those that earlier runs have left. */
  private int failedBefore;

  private int retries;

  /**
   * A folder that waits for its verdict.
   *
   * @param trial its last
   * @param failure why that failed, if it did
   */
  private record Ending(Trial trial, Optional<Failure> failure) {}

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
    this.rules = rules;
    this.time = new TimeLeft(rules.deadline(), learned);
    this.tokens = new Tokens(rules.queues());
    this.sharing = rules.sharing().among(untagged(tree));
    this.waiting = new WaitingFolders(sharing, time);
    this.admission = admission(sharing);
    this.precedence = new Precedence(tree);
    Predicate<JobFolder> again = isAdvised() ? mayRunAgain(tree, past) : folder -> false;
    List<JobFolder> last = new ArrayList<>();
    boolean anew = false;
    for (JobFolder folder : tree.folders()) {
      if (folder.tagged()) {
        tagged++;
      } else if (folder.phase() == Phase.FINALLY) {
        last.add(folder);
      } else {
        take(folder, past, again);
        anew |= past.ending(folder).isEmpty();
      }
    }
    boolean nothingElse = mainLeft == 0;
    for (JobFolder folder : last) {
      take(folder, anew ? Past.none() : past, nothingElse ? again : any -> true);
    }
    failedBefore = finished.failed();
    settleTagged(tree, past);
    finished.names().forEach(name -> follow(name, finished.get(name).orElseThrow()));
    freeAll();
  }

  /** Takes up a folder where it was left. */
  private void take(JobFolder folder, Past past, Predicate<JobFolder> again) {
    Optional<FinalState> before = past.ending(folder);
    if (before.isPresent() && !(before.get().succeeded() && again.test(folder))) {
      finished.put(folder.name(), before.get());
      return;
    }
    if (before.isPresent() && !DoneBefore.isChecked(folder)) {
      doneBefore.put(folder.name(), before.get());
    }
    hold(past.waiting(folder, rules.retry()));
  }

  /** Which folders that succeeded may run again: those the advisor knows of, and what follows. */
  private Predicate<JobFolder> mayRunAgain(JobTree tree, Past past) {
    Set<FolderName> following =
        precedence.following(
            untagged(tree)
                .filter(f -> DoneBefore.isChecked(f) || past.ending(f).isEmpty())
                .map(JobFolder::name)
                .toList());
    return folder -> DoneBefore.isChecked(folder) || following.contains(folder.name());
  }

  private void hold(Waiting turn) {
    mainLeft += isMain(turn.folder()) ? 1 : 0;
    if (precedence.isTrivial() && isMain(turn.folder()) && !isAdvised()) {
      waiting.add(turn);
    } else {
      heldBack.put(turn.folder().name(), turn);
    }
  }

  private boolean isAdvised() {
    return rules.advice() == WalkRules.Advice.ASKED;
  }

  /** A folder that is switched off counts as failed for those that wait for it, or as it ended. */
  private void settleTagged(JobTree tree, Past past) {
    if (!precedence.isTrivial()) {
      for (JobFolder folder : tree.folders()) {
        if (folder.tagged()) {
          if (past.ending(folder).filter(FinalState::succeeded).isPresent()) {
            precedence.succeeded(folder.name());
          } else {
            precedence.failed(folder.name());
          }
        }
      }
    }
  }

  /** Lets all go on for whom nothing is left to wait for. */
  private void freeAll() {
    freeAll(precedence.free(heldBack.keySet()));
  }

  /**
   * Gives the walk its ranks. After it was {@link #finished} it can be given others, and goes on
   * with what is waiting then.
   *
   * @param all lent from, one part a trial; nobody else may use it until the walk is finished
   * @throws MpiSizeException if there are no ranks, or folders ask for more ranks than there are:
   *     it names them all
   */
  public void begin(Communicator all) {
    if (!running.isEmpty()) {
      throw new IllegalStateException("the walk has ranks, and trials run on them");
    }
    if (all.size() == 0) {
      throw new MpiSizeException("the communicator has no ranks: nothing can run on it");
    }
    Refusals.refuseTooWide(left().map(Waiting::folder).toList(), sharing, all.size());
    ranks = Optional.of(all);
    width = all.size();
    stopping = Optional.empty();
    freeAll();
  }

  /** What is to be done now, in this order. */
  public List<Action> next(Duration now) {
    for (Trial trial : running.tooLong(now)) {
      end(trial, new Cause.Timeout(trial.timeout().orElseThrow()), now);
    }
    running.toForce(now).forEach(this::kill);
    time.warning(now).ifPresent(this::warn);
    if (!isEnding()) {
      time.over(now).ifPresent(reason -> stop(Stop.TERMINATE, reason, now));
    }
    if (stopping.isEmpty() && phase == Phase.MAIN && mainIsOver()) {
      beginLastPhase();
    }
    if (stopping.isEmpty() && !held && ranks.isPresent()) {
      admit(ranks.get(), now);
      ask();
    }
    List<Action> actions = new ArrayList<>(decided);
    decided.clear();
    return actions;
  }

  /** When {@link #next} has something to do even if nothing happens until then. */
  public Optional<Duration> wakeAt() {
    Optional<Duration> start = stopping.isEmpty() && !held ? waiting.nextStart() : Optional.empty();
    Optional<Duration> last = isEnding() ? Optional.empty() : time.last();
    return Stream.of(running.nextAlarm(), start, time.nextWarning(), last)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /**
   * How a process that ended counts: what the session says, unless it was jobfold that ended it.
   */
  public Outcome outcomeOf(SessionEvent.Ended event) {
    return running.expect(event.id()).outcome(event.outcome());
  }

  /** A process has ended, and nothing of it is left. */
  public void ended(SessionEvent.Ended event, Duration now) {
    Outcome outcome = outcomeOf(event);
    Trial trial = running.expect(event.id());
    Usage usage = trial.used(event.usage());
    if (outcome.succeeded() && trial.hasMoreSteps()) {
      trial.advance();
      decided.add(new Action.Launch(trial.order()));
      return;
    }
    running.remove(trial);
    admission.ended(trial.need());
    if (outcome.succeeded() || outcome.cause().orElseThrow() instanceof Cause.Timeout) {
      learned.add(trial.folder(), usage.elapsed());
    }
    if (outcome.succeeded()) {
      conclude(trial, Optional.empty());
      return;
    }
    Cause cause = outcome.cause().orElseThrow();
    Optional<Again> again = rules.retry().after(trial.folder(), trial.begun().history(), cause);
    if (again.isPresent()) {
      putBack(trial.begun().again(again.get(), trial.step(), now));
      decided.add(new Action.TryAgain(trial.folder().name(), again.get().delay()));
    } else {
      conclude(
          trial,
          Optional.of(
              new Failure(
                  cause,
                  trial.number(),
                  usage,
                  event.stdout(),
                  event.stderr(),
                  event.tailOf(),
                  event.tail())));
    }
  }

  /**
   * The advisor has said what becomes of a folder whose turn it is.
   *
   * @param folder as it was asked about: the answer counts only while that is how the tree has it
   */
  public void advised(JobFolder folder, Advice advice) {
    Optional<Waiting> answered = turns.answered(folder);
    if (answered.isEmpty()) {
      return;
    }
    Waiting turn = answered.get();
    if (advice instanceof Advice.Run run) {
      Optional<String> never = Refusals.never(run.folder(), rules.queues(), sharing, width);
      if (never.isPresent()) {
        Cause cause = new Cause.LaunchError(never.get(), Cause.Prospect.LASTING);
        settle(turn.folder(), notRun(turn.trial() - 1, cause));
      } else {
        reopen(turn.folder());
        putBack(turn.as(run.folder()));
      }
    } else if (advice instanceof Advice.Skip skip) {
      settle(turn.folder(), FinalState.skipped(skip.reason()));
    } else if (advice instanceof Advice.Fail fail) {
      settle(turn.folder(), notRun(turn.trial() - 1, fail.cause()));
    }
  }

  /** The advisor has said whether what came of a folder counts. */
  public void judged(FolderName folder, Verdict verdict, Duration now) {
    Ending end = ending.remove(folder);
    if (end == null) {
      return;
    }
    Trial trial = end.trial();
    if (verdict instanceof Verdict.Requeue again && stopping.isEmpty()) {
      putBack(trial.begun().requeued(again.delay(), now));
      decided.add(new Action.TryAgain(folder, again.delay()));
    } else if (verdict instanceof Verdict.Fail fail && end.failure().isEmpty()) {
      settle(trial.begun().folder(), notRun(trial.number(), fail.cause()));
    } else {
      settle(trial.begun().folder(), new FinalState(trial.number(), end.failure()));
    }
  }

  /** The run is to stop. A weaker stop after a stronger one changes nothing. */
  public void stop(Stop how, String reason, Duration now) {
    if (stopping.isPresent() && stopping.get().compareTo(how) > 0) {
      return;
    }
    stopping = Optional.of(how);
    if (how == Stop.DRAIN) {
      return;
    }
    for (Trial trial : running.all()) {
      end(trial, new Cause.Interrupted(reason), now);
      if (how == Stop.KILL) {
        kill(trial);
      }
    }
  }

  /** Nothing is started until {@link #goOn}: what is decided can not be written down now. */
  public void hold() {
    held = true;
  }

  /** Folders are started again. */
  public void goOn() {
    held = false;
  }

  /**
   * A process that was to be started was not, and nothing else was asked of it: its folder waits
   * again as if its turn had not come.
   */
  public void recall(TrialId id) {
    Trial trial = running.expect(id);
    retries -= trial.number() > 1 ? 1 : 0;
    takeBack(trial);
  }

  /**
   * The session is gone, and all that ran on it. Those trials count for nothing: their folders wait
   * again.
   */
  public void abandon() {
    List.copyOf(running.all()).forEach(this::takeBack);
    turns.clear().forEach(turn -> heldBack.put(turn.folder().name(), turn));
    ending.forEach((name, end) -> heldBack.put(name, end.trial().begun()));
    ending.clear();
    decided.clear();
  }

  private void takeBack(Trial trial) {
    running.remove(trial);
    admission.ended(trial.need());
    waiting.add(trial.begun().at(trial.step()));
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
     * Forget finished folders, and waiting ones that the new tree does not have. What the new tree
     * has and was finished is not run again.
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
    boolean forget = deleteOld == DeleteOld.YES;
    Map<FolderName, Waiting> old = left().collect(Collectors.toMap(w -> w.folder().name(), w -> w));
    Sharing newSharing =
        rules
            .sharing()
            .among(Stream.concat(untagged(tree), old.values().stream().map(Waiting::folder)));
    if (ranks.isPresent()) {
      Refusals.refuseTooWide(tree.folders(), newSharing, width);
    }
    Refusals.refuseTokens(tree.folders(), rules.queues());
    List<JobFolder> staying =
        old.values().stream()
            .map(Waiting::folder)
            .filter(f -> !forget && tree.find(f.name()).isEmpty())
            .toList();
    Precedence newer = new Precedence(JobTree.of(staying).updatedBy(tree));
    share(newSharing);
    heldBack.clear();
    turns.clear();
    precedence = newer;
    forgotten.keySet().removeIf(name -> tree.find(name).isEmpty());
    List<FolderName> added = new ArrayList<>();
    List<FolderName> replaced = new ArrayList<>();
    List<FolderName> untouched = new ArrayList<>();
    List<FolderName> dropped = new ArrayList<>();
    List<FolderName> gone = new ArrayList<>();
    tagged = 0;
    mainLeft = (int) running.all().stream().filter(t -> isMain(t.folder())).count();
    mainLeft += (int) ending.values().stream().filter(e -> isMain(e.trial().folder())).count();
    for (JobFolder folder : tree.folders()) {
      FolderName name = folder.name();
      Waiting before = old.remove(name);
      if (folder.tagged()) {
        tagged++;
        (before == null ? untouched : dropped).add(name);
      } else if (before != null) {
        hold(before.renewed(folder));
        (before.folder().equals(folder) ? untouched : replaced).add(name);
      } else if (isKnown(name)) {
        untouched.add(name);
      } else {
        hold(Waiting.first(folder));
        added.add(name);
      }
    }
    for (Waiting left : old.values().stream().sorted().toList()) {
      if (forget) {
        dropped.add(left.folder().name());
      } else {
        hold(left);
        gone.add(left.folder().name());
      }
    }
    settleTagged(tree, Past.none());
    forgotten.forEach(this::follow);
    finished.names().forEach(name -> follow(name, finished.get(name).orElseThrow()));
    if (forget) {
      dropped.addAll(finished.names());
      forget(tree);
    }
    closed = hasFailedEnough();
    phase = mainLeft > 0 ? Phase.MAIN : phase;
    freeAll();
    dropped.sort(Comparator.naturalOrder());
    return new UpdateReport(added, replaced, untouched, dropped, gone);
  }

  /** Whether a folder runs or has run. */
  private boolean isKnown(FolderName name) {
    return running.contains(name)
        || ending.containsKey(name)
        || finished.contains(name)
        || forgotten.containsKey(name);
  }

  /** Counts what is finished no more. What the tree still has is not run again all the same. */
  private void forget(JobTree tree) {
    for (FolderName name : finished.names()) {
      if (tree.find(name).isPresent()) {
        forgotten.put(name, finished.get(name).orElseThrow());
      }
    }
    finished.clear();
    failedBefore = 0;
  }

  /** Shares the ranks out in this way from now on, and forgets what waits. */
  private void share(Sharing other) {
    sharing = other;
    waiting = new WaitingFolders(other, time);
    admission = admission(other);
  }

  private Admission admission(Sharing way) {
    return new Admission(way, tokens, w -> learned.expectedOrLimit(w.changed()));
  }

  private static Stream<JobFolder> untagged(JobTree tree) {
    return tree.folders().stream().filter(folder -> !folder.tagged());
  }

  /** Whether nothing runs and nothing will, unless the tree is updated. */
  public boolean idle() {
    return running.isEmpty()
        && decided.isEmpty()
        && ending.isEmpty()
        && (stopping.isPresent() || nothingIsLeft());
  }

  private boolean nothingIsLeft() {
    return waiting.isEmpty()
        && turns.isEmpty()
        && (heldBack.isEmpty() || (isStuck() && (phase == Phase.FINALLY || !hasLastPhase())));
  }

  /**
   * Whether nothing goes on, and none of those that are held back can: so many have failed, or they
   * wait for what was interrupted.
   */
  private boolean isStuck() {
    return running.isEmpty()
        && ending.isEmpty()
        && turns.isEmpty()
        && waiting.isEmpty()
        && heldBack.values().stream().noneMatch(this::canGoOn);
  }

  private boolean canGoOn(Waiting turn) {
    return (isMain(turn.folder()) ? !closed && phase == Phase.MAIN : phase == Phase.FINALLY)
        && precedence.isFree(turn.folder().name());
  }

  /** Whether it is idle and the ranks are not held for an update. */
  public boolean finished() {
    return idle() && (stopping.isPresent() || closed || !keepalive);
  }

  /** Why it stopped before all was done, if it did. */
  public Optional<Stop> stopping() {
    return stopping;
  }

  /** The folders that did not succeed, by name. */
  public SortedMap<FolderName, Failure> errors() {
    return finished.errors();
  }

  /** How many folders are in which state. */
  public Tally tally() {
    return new Tally(
        waiting.size() + heldBack.size() + turns.size() + ending.size(),
        running.size(),
        finished.succeeded(),
        finished.failed(),
        finished.interrupted(),
        tagged,
        retries,
        finished.skipped(),
        finished.blocked());
  }

  // ---- whose turn it is

  /**
   * Nothing is left to wait for but the turn of its phase. Gives those that wait for nobody now.
   */
  private List<FolderName> free(FolderName folder) {
    Waiting turn = heldBack.get(folder);
    if (turn == null || (phase == Phase.MAIN && !isMain(turn.folder()))) {
      return List.of();
    }
    heldBack.remove(folder);
    Optional<SortedSet<FolderName>> origins = precedence.origins(folder);
    if (origins.isPresent()) {
      return take(turn.folder(), notRun(turn.trial() - 1, new Cause.Upstream(origins.get())));
    }
    Optional<FinalState> before = doneBefore.take(folder);
    if (before.isPresent()) {
      return take(turn.folder(), before.get());
    }
    if (closed && isMain(turn.folder())) {
      heldBack.put(folder, turn);
    } else if (isAdvised()) {
      turns.add(turn);
    } else {
      waiting.add(turn);
    }
    return List.of();
  }

  /** Frees these, and those that wait for nobody else then because these do not run. */
  private void freeAll(List<FolderName> names) {
    Queue<FolderName> free = new ArrayDeque<>(names);
    for (FolderName next = free.poll(); next != null; next = free.poll()) {
      free.addAll(free(next));
    }
  }

  /** Asks the advisor of those that may start soon; of more while ranks would be idle. */
  private void ask() {
    int ahead = Turns.AHEAD - waiting.size() - turns.asked();
    if (ahead <= 0 && turns.isAnswered() && ranksAreIdle()) {
      ahead = Turns.AHEAD;
    }
    for (int i = 0; i < ahead; i++) {
      Optional<Waiting> next = turns.next();
      if (next.isEmpty()) {
        return;
      }
      FolderName name = next.get().folder().name();
      Turn turn =
          new Turn(
              next.get().folder(), precedence.predecessors(name), precedence.isWaitedFor(name));
      turns.ask(next.get());
      decided.add(new Action.AskBefore(turn));
    }
  }

  private boolean ranksAreIdle() {
    return running.size() < sharing.nbpools()
        && running.all().stream().mapToInt(trial -> trial.ranks().size()).sum() < width;
  }

  /** A folder runs: so do those again that succeeded before, and wait for it. */
  private void reopen(JobFolder folder) {
    precedence.successors(folder.name()).forEach(this::reopen);
    if (isMain(folder) && !reopenedLast) {
      reopenedLast = true;
      heldBack.values().stream()
          .filter(w -> !isMain(w.folder()))
          .map(w -> w.folder().name())
          .toList()
          .forEach(this::reopen);
    }
  }

  private void reopen(FolderName name) {
    doneBefore.take(name).ifPresent(state -> decided.add(new Action.Reopen(name, state.trials())));
  }

  /** A folder that had its turn waits for ranks and tokens. */
  private void putBack(Waiting turn) {
    if (closed && isMain(turn.folder())) {
      heldBack.put(turn.folder().name(), turn);
    } else {
      waiting.add(turn);
    }
  }

  private boolean mainIsOver() {
    return mainLeft == 0 || isStuck();
  }

  private boolean hasLastPhase() {
    return heldBack.values().stream().anyMatch(w -> !isMain(w.folder()));
  }

  /** What of the main phase has not ended now never will: it counts as failed. */
  private void beginLastPhase() {
    phase = Phase.FINALLY;
    List<FolderName> last =
        heldBack.values().stream()
            .filter(w -> !isMain(w.folder()))
            .map(w -> w.folder().name())
            .sorted()
            .toList();
    SortedSet<FolderName> never = new TreeSet<>();
    last.forEach(name -> never.addAll(precedence.unfinished(name)));
    never.removeAll(last);
    never.forEach(precedence::failed);
    freeAll(last.stream().filter(precedence::isFree).toList());
  }

  private void admit(Communicator free, Duration now) {
    for (Admission.Admitted admitted :
        admission.admit(waiting.startable(now), free, running.size(), () -> outlook(now))) {
      start(admitted, now);
    }
    if (running.isEmpty() && turns.isEmpty() && !keepalive && waiting.isTooLate()) {
      stopping = Optional.of(Stop.DRAIN);
      decided.add(new Action.OutOfTime(waiting.size() + heldBack.size()));
    }
  }

  private Outlook outlook(Duration now) {
    return new Outlook(
        now,
        running.all().stream()
            .map(
                trial ->
                    new Outlook.Held(
                        trial.need(),
                        trial.ranks().size(),
                        learned
                            .expectedOrLimit(trial.folder())
                            .map(trial.start()::plus)
                            .map(end -> end.compareTo(now) > 0 ? end : now)))
            .toList());
  }

  private void start(Admission.Admitted admitted, Duration now) {
    Trial trial = running.start(admitted, now);
    retries += trial.number() > 1 ? 1 : 0;
    decided.add(new Action.Launch(trial.order()));
  }

  // ---- how it ends

  private void warn(Deadline.Warning warning) {
    for (Trial trial : running.all()) {
      if (trial.ending().isEmpty()) {
        trial.warn(warning.signal(), time.reason());
        decided.add(new Action.Warn(trial.id(), warning.signal()));
      }
    }
  }

  private boolean isEnding() {
    return stopping.filter(how -> how != Stop.DRAIN).isPresent();
  }

  private void end(Trial trial, Cause why, Duration now) {
    if (trial.ending().isEmpty()) {
      trial.end(why);
      running.forceAt(now.plus(rules.grace()), trial);
      decided.add(new Action.End(trial.id(), Force.TERMINATE));
    }
  }

  private void kill(Trial trial) {
    if (trial.kill()) {
      decided.add(new Action.End(trial.id(), Force.KILL));
    }
  }

  /** There is no other trial. */
  private void conclude(Trial trial, Optional<Failure> failure) {
    if (isAdvised()) {
      ending.put(trial.folder().name(), new Ending(trial, failure));
      decided.add(
          new Action.AskAfter(
              trial.folder(),
              failure.map(f -> Outcome.failed(f.cause())).orElse(Outcome.success())));
    } else {
      settle(trial.begun().folder(), new FinalState(trial.number(), failure));
    }
  }

  private static FinalState notRun(int trials, Cause cause) {
    Usage none = Usage.none(Instant.EPOCH);
    return new FinalState(
        trials, Optional.of(new Failure(cause, trials, none, "", "", "", List.of())));
  }

  /** A folder has its final state; so may have others that waited for it, without running. */
  private void settle(JobFolder folder, FinalState state) {
    freeAll(take(folder, state));
  }

  /** Gives those that wait for nobody else now. */
  private List<FolderName> take(JobFolder folder, FinalState state) {
    finished.put(folder.name(), state);
    mainLeft -= isMain(folder) ? 1 : 0;
    decided.add(new Action.Settle(folder.name(), state));
    if (!closed && hasFailedEnough()) {
      close();
    }
    return follow(folder.name(), state);
  }

  /** What a final state means for those that wait for it. */
  private List<FolderName> follow(FolderName folder, FinalState state) {
    if (precedence.isTrivial()) {
      return List.of();
    }
    if (state.succeeded()) {
      return precedence.succeeded(folder);
    }
    Failure failure = state.failure().orElseThrow();
    if (failure.interrupted()) {
      return List.of();
    }
    return failure.cause() instanceof Cause.Upstream upstream
        ? precedence.blocked(folder, upstream.origins())
        : precedence.failed(folder);
  }

  /** Whether as many folders have failed in this run as the rules allow. */
  private boolean hasFailedEnough() {
    return rules.maxFailures().isPresent()
        && finished.failed() - failedBefore >= rules.maxFailures().getAsInt();
  }

  /** Nothing new of the main phase is started. */
  private void close() {
    closed = true;
    Stream.concat(
            waiting.takeIf(w -> isMain(w.folder())).stream(),
            turns.takeIf(w -> isMain(w.folder())).stream())
        .forEach(turn -> heldBack.put(turn.folder().name(), turn));
  }

  /** All that have not had their turn, or wait for another. */
  private Stream<Waiting> left() {
    return Stream.of(waiting.stream(), heldBack.values().stream(), turns.stream())
        .flatMap(all -> all);
  }

  private static boolean isMain(JobFolder folder) {
    return folder.phase() == Phase.MAIN;
  }
}
