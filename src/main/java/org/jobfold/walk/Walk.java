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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Host;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.comm.Placement;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.retry.History;
import org.jobfold.retry.RetryRule;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.Advice;
import org.jobfold.spi.Force;
import org.jobfold.spi.Loss;
import org.jobfold.spi.SessionEvent;
import org.jobfold.spi.Turn;
import org.jobfold.spi.Verdict;
import org.jobfold.spi.Withholding;
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
  private final FinishedFolders finished;
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

  /** Folders that ask for more ranks than are left. They are held back, and told of once. */
  private final TooWide tooWide = new TooWide();

  /** Of each host, how many folders that it was lost with are tried again. */
  private final Map<Host, Integer> lostWith = new HashMap<>();

  private final Limbo limbo = new Limbo();
  private final HostHealth health = new HostHealth();
  private final WithheldHosts withheld = new WithheldHosts();

  /** Folders that have failed for good, if it was not their host. */
  private final Map<FolderName, Doubt> doubtful = new LinkedHashMap<>();

  /** Failures of folders that have other trials, and that were their hosts'. */
  private final Map<FolderName, List<Cause>> pardons = new HashMap<>();

  private Sharing asked;
  private Sharing sharing;
  private WaitingFolders waiting;
  private Admission admission;
  private Precedence precedence;
  private Optional<Communicator> ranks = Optional.empty();
  private OwnHosts hosts = new OwnHosts(new Placement(List.of()));
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

  /**
   * A folder that has failed for good, if that was not its host's fault.
   *
   * @param trial its last
   * @param history what its trials before have come to
   * @param failure why that failed
   */
  private record Doubt(Trial trial, History history, Failure failure) {}

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
    this.finished = new FinishedFolders(tree.folders().size());
    this.time = new TimeLeft(rules.deadline(), learned);
    this.tokens = new Tokens(rules.queues());
    this.asked = rules.sharing();
    this.sharing = asked.among(untagged(tree));
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
      putBack(turn);
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
    hosts = new OwnHosts(all.placement());
    tooWide.clear();
    stopping = Optional.empty();
    freeAll();
  }

  /** What is to be done now, in this order. */
  public List<Action> next(Duration now) {
    for (Trial trial : running.tooLong(now)) {
      end(trial, new Cause.Timeout(trial.timeout().orElseThrow()), now);
    }
    running.toForce(now).forEach(this::kill);
    limbo.release(now);
    time.warning(now).ifPresent(this::warn);
    if (!isEnding()) {
      time.over(now).ifPresent(reason -> stop(Stop.TERMINATE, reason, now));
    }
    if (stopping.isEmpty() && phase == Phase.MAIN && mainIsOver()) {
      beginLastPhase();
    }
    withheld.pass(now);
    if (stopping.isEmpty() && !held && ranks.isPresent()) {
      do {
        admit(ranks.get(), now);
      } while (trustWhereNothingElseIsLeft(now));
      ask();
    }
    tooWide.news(hosts.size()).ifPresent(decided::add);
    List<Action> actions = new ArrayList<>(decided);
    decided.clear();
    return actions;
  }

  /**
   * The end is near, as somebody outside says: nothing new is started, and running folders get the
   * warning of the deadline now, if they were to get one. They are ended when its time has come.
   */
  public void endIsNear(String reason, Duration now) {
    stop(Stop.DRAIN, reason, now);
    time.warningAhead().ifPresent(this::warn);
  }

  /** When {@link #next} has something to do even if nothing happens until then. */
  public Optional<Duration> wakeAt() {
    Optional<Duration> start = stopping.isEmpty() && !held ? waiting.nextStart() : Optional.empty();
    Optional<Duration> last = isEnding() ? Optional.empty() : time.last();
    return Stream.of(
            running.nextAlarm(), limbo.next(), withheld.next(), start, time.nextWarning(), last)
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
    if (outcome.cause().filter(Cause.NodeLost.class::isInstance).isPresent()) {
      limbo.put(trial.ranks(), now);
    } else {
      trial.ranks().release();
    }
    if (outcome.succeeded() || outcome.cause().orElseThrow() instanceof Cause.Timeout) {
      learned.add(trial.folder(), usage.elapsed());
    }
    if (outcome.succeeded()) {
      pardons.remove(trial.folder().name());
      conclude(trial, Optional.empty());
      if (watchesHosts()) {
        heed(
            health.succeeded(trial.placement().hosts(), trial.folder().name(), hosts.hosts()), now);
      }
      return;
    }
    Cause cause = outcome.cause().orElseThrow();
    History history = history(trial);
    Optional<Again> again = rules.retry().after(trial.folder(), history, cause);
    boolean mayBeTheHosts = mayBeTheHosts(trial, cause, history);
    if (cause instanceof Cause.NodeLost lost) {
      if (again.isPresent()) {
        trial.placement().hosts().forEach(host -> lostWith.merge(host, 1, Integer::sum));
      } else {
        cause = lost.inARow(RetryRule.LOST);
      }
    }
    if (again.isPresent()) {
      tryAgain(trial, again.get(), now);
    } else {
      Failure failure =
          new Failure(
              cause,
              trial.number(),
              usage,
              event.stdout(),
              event.stderr(),
              event.tailOf(),
              event.tail());
      if (mayBeTheHosts) {
        doubtful.put(trial.folder().name(), new Doubt(trial, history, failure));
        closeIfEnoughHaveFailed();
      } else {
        conclude(trial, Optional.of(failure));
      }
    }
    if (mayTell(trial, cause)) {
      heed(
          health.failed(
              trial.placement().hosts().get(0),
              trial.folder().name(),
              new HostHealth.Fault(trial.number(), cause),
              hosts.hosts()),
          now);
    }
  }

  private void tryAgain(Trial trial, Again again, Duration now) {
    putBack(trial.begun().again(again, trial.step(), now));
    decided.add(new Action.TryAgain(trial.folder().name(), again.delay()));
  }

  /** What its trials have come to, without failures that were its hosts'. */
  private History history(Trial trial) {
    History history = trial.begun().history();
    for (Cause cause :
        Optional.ofNullable(pardons.remove(trial.folder().name())).orElse(List.of())) {
      history = rules.retry().pardoned(trial.folder(), history, cause);
    }
    return history;
  }

  // ---- hosts on which any folder fails

  private boolean watchesHosts() {
    return rules.badHosts() == WalkRules.BadHosts.WITHHELD
        && hosts.hosts() > 1
        && stopping.isEmpty();
  }

  /** A folder that was pardoned again and again is at fault itself. */
  private boolean mayBeTheHosts(Trial trial, Cause cause, History history) {
    return mayTell(trial, cause)
        && history.lost() < RetryRule.LOST - 1
        && health.mayBeAtFault(trial.placement().hosts().get(0), hosts.hosts());
  }

  /** Whether a failure says something of its host. */
  private boolean mayTell(Trial trial, Cause cause) {
    return watchesHosts()
        && trial.placement().hosts().size() == 1
        && (cause instanceof Cause.ExitCode
            || cause instanceof Cause.Signal
            || cause instanceof Cause.LaunchError
            || cause instanceof Cause.SuccessCheck);
  }

  private void heed(List<HostHealth.News> news, Duration now) {
    for (HostHealth.News each : news) {
      if (each.standing() == HostHealth.Standing.TRUSTED) {
        if (withheld.on(each.host()).isPresent()) {
          withheld.release(each.host());
          decided.add(new Action.GiveBack(each.host()));
        }
        each.faults().keySet().forEach(this::settleDoubtful);
      } else {
        withheld.keep(each.host(), ranks.orElseThrow(), now.plus(each.pause()));
        SortedMap<FolderName, List<Integer>> trials = new TreeMap<>();
        each.faults()
            .forEach(
                (name, faults) -> {
                  if (!finished.contains(name)) {
                    trials.put(name, faults.stream().map(HostHealth.Fault::trial).toList());
                  }
                });
        decided.add(
            new Action.Withhold(
                new Withholding(
                    each.host(),
                    each.pause(),
                    each.standing() == HostHealth.Standing.DOUBTED
                        ? Withholding.Verdict.DOUBTED
                        : Withholding.Verdict.AT_FAULT,
                    trials)));
        each.faults().forEach((name, faults) -> pardon(name, faults, now));
      }
    }
  }

  /** It was the folder, and not its host. */
  private void settleDoubtful(FolderName folder) {
    Doubt doubt = doubtful.remove(folder);
    if (doubt != null) {
      conclude(doubt.trial(), Optional.of(doubt.failure()));
    }
  }

  /** It was the host: what failed there costs no trial. */
  private void pardon(FolderName folder, List<HostHealth.Fault> faults, Duration now) {
    List<Cause> causes = new ArrayList<>(faults.stream().map(HostHealth.Fault::cause).toList());
    Doubt doubt = doubtful.remove(folder);
    if (doubt == null) {
      if (!finished.contains(folder)) {
        pardons.computeIfAbsent(folder, any -> new ArrayList<>()).addAll(causes);
      }
      return;
    }
    if (closed && !hasFailedEnough()) {
      closed = false;
      freeAll();
    }
    History history = doubt.history().andLost();
    causes.remove(causes.size() - 1);
    for (Cause cause : causes) {
      history = rules.retry().pardoned(doubt.trial().folder(), history, cause);
    }
    tryAgain(doubt.trial(), new Again(Duration.ZERO, history), now);
  }

  /**
   * Where nothing runs and nothing could start, nothing will tell any more whether it was the
   * hosts: all are trusted. Whether that changes what can start.
   */
  private boolean trustWhereNothingElseIsLeft(Duration now) {
    if (!running.isEmpty() || (doubtful.isEmpty() && withheld.isEmpty())) {
      return false;
    }
    boolean nothingWaits = waiting.isEmpty() && turns.isEmpty();
    if (doubtful.isEmpty() && !nothingWaits && waiting.startable(now).isEmpty()) {
      return false;
    }
    if (nothingWaits) {
      withheld.release();
    }
    trustAll(now);
    return true;
  }

  private void trustAll(Duration now) {
    heed(health.trustAll(), now);
    List.copyOf(doubtful.keySet()).forEach(this::settleDoubtful);
    withheld.release();
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
    int fewer = hosts.lose(host, gone);
    ranks.ifPresent(all -> withheld.on(host).orElse(all).lose(gone));
    limbo.release(host);
    if (fewer == 0) {
      return;
    }
    if (hosts.on(host) == 0) {
      withheld.release(host);
      health.forget(host).forEach((name, faults) -> pardon(name, faults, now));
    }
    asked = asked.narrowed(Math.max(1, hosts.size()));
    List<Waiting> all = waiting.takeIf(any -> true);
    share(sharing.narrowed(Math.max(1, hosts.size())));
    all.forEach(this::putBack);
    turns.takeIf(this::isTooWide).forEach(this::putBack);
    int again = Optional.ofNullable(lostWith.remove(host)).orElse(0);
    decided.add(new Action.Lose(new Loss(host, gone, reason, again, hosts.on(host), hosts.size())));
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
      Optional<String> never =
          Refusals.never(run.folder(), rules.queues(), sharing, hosts.atFirst());
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
    withheld.release();
    trustAll(now);
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
    limbo.release();
    List.copyOf(running.all()).forEach(this::takeBack);
    turns.clear().forEach(turn -> heldBack.put(turn.folder().name(), turn));
    ending.forEach((name, end) -> heldBack.put(name, end.trial().begun()));
    ending.clear();
    doubtful.forEach((name, doubt) -> heldBack.put(name, doubt.trial().begun()));
    doubtful.clear();
    withheld.release();
    health.trustAll();
    pardons.clear();
    decided.clear();
  }

  private void takeBack(Trial trial) {
    running.remove(trial);
    trial.ranks().release();
    admission.ended(trial.need());
    putBack(trial.begun().at(trial.step()));
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
        asked.among(Stream.concat(untagged(tree), old.values().stream().map(Waiting::folder)));
    if (ranks.isPresent()) {
      Refusals.refuseTooWide(tree.folders(), newSharing, hosts.atFirst());
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
    mainLeft +=
        (int)
            Stream.concat(
                    ending.values().stream().map(Ending::trial),
                    doubtful.values().stream().map(Doubt::trial))
                .filter(trial -> isMain(trial.folder()))
                .count();
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
        || doubtful.containsKey(name)
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
        && doubtful.isEmpty()
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
        && doubtful.isEmpty()
        && turns.isEmpty()
        && waiting.isEmpty()
        && heldBack.values().stream().noneMatch(this::canGoOn);
  }

  private boolean canGoOn(Waiting turn) {
    return (isMain(turn.folder()) ? !closed && phase == Phase.MAIN : phase == Phase.FINALLY)
        && precedence.isFree(turn.folder().name())
        && !isTooWide(turn);
  }

  /** Whether a folder asks for more ranks than are left, and not for more than there were. */
  private boolean isTooWide(Waiting turn) {
    return hosts.size() < hosts.atFirst()
        && Math.max(1, Need.of(turn.changed(), sharing).ranks()) > hosts.size();
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
        waiting.size() + heldBack.size() + turns.size() + ending.size() + doubtful.size(),
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
    if ((closed && isMain(turn.folder())) || isTooWide(turn)) {
      putBack(turn);
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
    return running.size() < sharing.nbpools() && running.ranks() < hosts.size();
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
    } else if (isTooWide(turn)) {
      heldBack.put(turn.folder().name(), turn);
      tooWide.add(turn.folder().name());
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
    withheld.gather(free);
    for (Admission.Admitted admitted :
        admission.admit(
            waiting.startable(now), free, running.size(), hosts.widest(), () -> outlook(now))) {
      start(admitted, now);
    }
    for (Host host : withheld.due()) {
      if (running.size() < sharing.nbpools() && running.noneOn(host)) {
        tryOn(host, now);
      }
    }
    if (running.isEmpty() && turns.isEmpty() && !keepalive && waiting.isTooLate()) {
      stopping = Optional.of(Stop.DRAIN);
      decided.add(new Action.OutOfTime(waiting.size() + heldBack.size()));
    }
  }

  /** One folder, and none that was pardoned before: it is not to pay for the host again. */
  private void tryOn(Host host, Duration now) {
    Startable startable = waiting.startable(now);
    List<Waiting> pardoned = startable.takeIf(w -> w.history().lost() > 0);
    int others = Math.max(0, sharing.nbpools() - 1);
    for (Admission.Admitted admitted :
        admission.admit(
            startable,
            withheld.on(host).orElseThrow(),
            others,
            hosts.widest(),
            () -> outlook(now))) {
      health.tried(host);
      start(admitted, now);
    }
    pardoned.forEach(startable::add);
  }

  private Outlook outlook(Duration now) {
    return new Outlook(
        now,
        running.all().stream()
            .map(
                trial ->
                    new Outlook.Held(
                        trial.need(),
                        trial.placement(),
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
    closeIfEnoughHaveFailed();
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
        && finished.failed() - failedBefore + doubtful.size() >= rules.maxFailures().getAsInt();
  }

  private void closeIfEnoughHaveFailed() {
    if (!closed && hasFailedEnough()) {
      close();
    }
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
