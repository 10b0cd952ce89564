package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.MpiSizeException;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.retry.RetryRule.Again;
import org.jobfold.spi.Force;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Tally;
import org.jobfold.trial.TrialId;

/**
 * What runs next: what happened goes in, what is to be done comes out. One method for each thing
 * that can happen; {@link #next} tells what follows.
 *
 * <p>What it never does: start, end or wait for anything, read a clock or a file. All of that is
 * the caller's, who must perform the actions in their order. Not thread-safe: one thread owns it.
 *
 * <p>Every folder that it was given ends in exactly one final state, or is still waiting when the
 * walk was stopped.
 */
public final class Walk {
  private final WalkRules rules;
  private Sharing sharing;
  private WaitingFolders waiting;
  private Admission admission;
  private Optional<Communicator> ranks = Optional.empty();
  private int width;
  private final Map<FolderName, Trial> running = new LinkedHashMap<>();
  private final Map<FolderName, FinalState> finished = new HashMap<>();

  /** Finished folders that count no more, and do not run again while the tree has them. */
  private final Set<FolderName> forgotten = new HashSet<>();

  private final BitSet slots = new BitSet();
  private final Alarms<Trial> timeouts = new Alarms<>();
  private final Alarms<Trial> graces = new Alarms<>();
  private final TimeLeft time;
  private final Queue<Action> decided = new ArrayDeque<>();
  private Optional<Stop> stopping = Optional.empty();
  private boolean keepalive;
  private boolean held;
  private int succeeded;
  private int interrupted;
  private int tagged;
  private int retries;

  /** A walk over the untagged folders of a tree. */
  public Walk(WalkRules rules, JobTree tree) {
    this(rules, tree, Past.none());
  }

  /** A walk over the untagged folders of a tree that goes on where earlier runs left them. */
  public Walk(WalkRules rules, JobTree tree, Past past) {
    this.rules = rules;
    this.time = new TimeLeft(rules.deadline());
    this.sharing = rules.sharing().among(untagged(tree));
    this.waiting = new WaitingFolders(sharing, time);
    this.admission = new Admission(sharing);
    for (JobFolder folder : tree.folders()) {
      if (folder.tagged()) {
        tagged++;
      } else {
        past.ending(folder)
            .ifPresentOrElse(
                state -> finish(folder.name(), state),
                () -> waiting.add(past.waiting(folder, rules.retry())));
      }
    }
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
    refuseTooWide(waiting.folders(), sharing, all.size());
    ranks = Optional.of(all);
    width = all.size();
    stopping = Optional.empty();
  }

  /** What is to be done now, in this order. */
  public List<Action> next(Duration now) {
    for (Trial trial : timeouts.due(now)) {
      if (runs(trial)) {
        end(trial, new Cause.Timeout(trial.timeout().orElseThrow()), now);
      }
    }
    for (Trial trial : graces.due(now)) {
      if (runs(trial)) {
        kill(trial);
      }
    }
    time.warning(now).ifPresent(this::warn);
    if (!isEnding()) {
      time.over(now).ifPresent(reason -> stop(Stop.TERMINATE, reason, now));
    }
    if (stopping.isEmpty() && !held && ranks.isPresent()) {
      admit(ranks.get(), now);
    }
    List<Action> actions = new ArrayList<>(decided);
    decided.clear();
    return actions;
  }

  /** When {@link #next} has something to do even if nothing happens until then. */
  public Optional<Duration> wakeAt() {
    timeouts.dropWhile(trial -> !runs(trial));
    graces.dropWhile(trial -> !runs(trial));
    Optional<Duration> start = stopping.isEmpty() && !held ? waiting.nextStart() : Optional.empty();
    Optional<Duration> last = isEnding() ? Optional.empty() : time.last();
    return Stream.of(timeouts.next(), graces.next(), start, time.nextWarning(), last)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /**
   * How a process that ended counts: what the session says, unless it was jobfold that ended it.
   */
  public Outcome outcomeOf(SessionEvent.Ended event) {
    return expect(event.id()).ending().map(Outcome::failed).orElse(event.outcome());
  }

  /** A process has ended, and nothing of it is left. */
  public void ended(SessionEvent.Ended event, Duration now) {
    Outcome outcome = outcomeOf(event);
    Trial trial = expect(event.id());
    var usage = trial.used(event.usage());
    if (outcome.succeeded() && trial.hasMoreSteps()) {
      trial.advance();
      decided.add(new Action.Launch(trial.order()));
      return;
    }
    running.remove(trial.folder().name());
    slots.clear(trial.slot());
    trial.ranks().release();
    if (outcome.cause().isEmpty()) {
      time.took(trial.folder(), usage.elapsed());
      settle(trial, Optional.empty());
      return;
    }
    Cause cause = outcome.cause().get();
    if (cause instanceof Cause.Timeout) {
      time.took(trial.folder(), usage.elapsed());
    }
    Optional<Again> again = rules.retry().after(trial.folder(), trial.begun().history(), cause);
    if (again.isPresent()) {
      waiting.add(trial.begun().again(again.get(), trial.step(), now));
      decided.add(new Action.TryAgain(trial.folder().name(), again.get().delay()));
    } else {
      settle(
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

  /** The run is to stop. A weaker stop after a stronger one changes nothing. */
  public void stop(Stop how, String reason, Duration now) {
    if (stopping.isPresent() && stopping.get().compareTo(how) > 0) {
      return;
    }
    stopping = Optional.of(how);
    if (how == Stop.DRAIN) {
      return;
    }
    for (Trial trial : running.values()) {
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
    Trial trial = expect(id);
    running.remove(id.folder());
    trial.ranks().release();
    slots.clear(trial.slot());
    retries -= trial.number() > 1 ? 1 : 0;
    waiting.add(trial.begun().at(trial.step()));
  }

  /**
   * The session is gone, and all that ran on it. Those trials count for nothing: their folders wait
   * again.
   */
  public void abandon() {
    for (Trial trial : running.values()) {
      trial.ranks().release();
      slots.clear(trial.slot());
      waiting.add(trial.begun().at(trial.step()));
    }
    running.clear();
    decided.clear();
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
   */
  public UpdateReport update(JobTree tree, DeleteOld deleteOld) {
    Sharing newSharing =
        rules.sharing().among(Stream.concat(untagged(tree), waiting.folders().stream()));
    if (ranks.isPresent()) {
      refuseTooWide(tree.folders(), newSharing, width);
    }
    List<FolderName> added = new ArrayList<>();
    List<FolderName> replaced = new ArrayList<>();
    List<FolderName> untouched = new ArrayList<>();
    List<FolderName> dropped = new ArrayList<>();
    List<FolderName> gone = new ArrayList<>();
    boolean forget = deleteOld == DeleteOld.YES;
    Map<FolderName, Waiting> old =
        waiting.takeIf(w -> true).stream()
            .collect(Collectors.toMap(w -> w.folder().name(), w -> w));
    share(newSharing);
    forgotten.removeIf(name -> tree.find(name).isEmpty());
    tagged = 0;
    for (JobFolder folder : tree.folders()) {
      FolderName name = folder.name();
      Waiting before = old.remove(name);
      if (folder.tagged()) {
        tagged++;
        (before == null ? untouched : dropped).add(name);
      } else if (before != null) {
        waiting.add(before.renewed(folder));
        (before.folder().equals(folder) ? untouched : replaced).add(name);
      } else if (isKnown(name)) {
        untouched.add(name);
      } else {
        waiting.add(Waiting.first(folder));
        added.add(name);
      }
    }
    for (Waiting left : old.values()) {
      if (forget) {
        dropped.add(left.folder().name());
      } else {
        waiting.add(left);
        gone.add(left.folder().name());
      }
    }
    if (forget) {
      dropped.addAll(finished.keySet());
      forget(tree);
    }
    dropped.sort(Comparator.naturalOrder());
    gone.sort(Comparator.naturalOrder());
    return new UpdateReport(added, replaced, untouched, dropped, gone);
  }

  /** Whether a folder runs or has run. */
  private boolean isKnown(FolderName name) {
    return running.containsKey(name) || finished.containsKey(name) || forgotten.contains(name);
  }

  /** Counts what is finished no more. What the tree still has is not run again all the same. */
  private void forget(JobTree tree) {
    finished.keySet().stream().filter(name -> tree.find(name).isPresent()).forEach(forgotten::add);
    finished.clear();
    succeeded = 0;
    interrupted = 0;
  }

  /** Shares the ranks out in another way, while nothing waits. */
  private void share(Sharing other) {
    if (!other.equals(sharing)) {
      sharing = other;
      waiting = new WaitingFolders(other, time);
      admission = new Admission(other);
    }
  }

  private static Stream<JobFolder> untagged(JobTree tree) {
    return tree.folders().stream().filter(folder -> !folder.tagged());
  }

  /** Whether nothing runs and nothing will, unless the tree is updated. */
  public boolean idle() {
    return running.isEmpty() && decided.isEmpty() && (stopping.isPresent() || waiting.isEmpty());
  }

  /** Whether it is idle and the ranks are not held for an update. */
  public boolean finished() {
    return idle() && (stopping.isPresent() || !keepalive);
  }

  /** Why it stopped before all was done, if it did. */
  public Optional<Stop> stopping() {
    return stopping;
  }

  /** The folders that did not succeed, by name. */
  public SortedMap<FolderName, Failure> errors() {
    SortedMap<FolderName, Failure> errors = new TreeMap<>();
    finished.forEach((name, state) -> state.failure().ifPresent(f -> errors.put(name, f)));
    return errors;
  }

  /** How many folders are in which state. */
  public Tally tally() {
    return new Tally(
        waiting.size(),
        running.size(),
        succeeded,
        finished.size() - succeeded - interrupted,
        interrupted,
        tagged,
        retries);
  }

  private void admit(Communicator free, Duration now) {
    for (Admission.Admitted admitted :
        admission.admit(waiting.startable(now), free, running.size())) {
      start(admitted, now);
    }
    if (running.isEmpty() && !keepalive && waiting.isTooLate()) {
      stopping = Optional.of(Stop.DRAIN);
      decided.add(new Action.OutOfTime(waiting.size()));
    }
  }

  private void warn(Deadline.Warning warning) {
    for (Trial trial : running.values()) {
      if (trial.ending().isEmpty()) {
        decided.add(new Action.Warn(trial.id(), warning.signal()));
      }
    }
  }

  private boolean isEnding() {
    return stopping.filter(how -> how != Stop.DRAIN).isPresent();
  }

  private void start(Admission.Admitted admitted, Duration now) {
    int slot = slots.nextClearBit(0);
    slots.set(slot);
    Trial trial = new Trial(admitted.waiting(), admitted.ranks(), slot);
    running.put(trial.folder().name(), trial);
    retries += trial.number() > 1 ? 1 : 0;
    trial.timeout().ifPresent(limit -> timeouts.set(now.plus(limit), trial));
    decided.add(new Action.Launch(trial.order()));
  }

  private void end(Trial trial, Cause why, Duration now) {
    if (trial.ending().isEmpty()) {
      trial.end(why);
      graces.set(now.plus(rules.grace()), trial);
      decided.add(new Action.End(trial.id(), Force.TERMINATE));
    }
  }

  private void kill(Trial trial) {
    if (trial.kill()) {
      decided.add(new Action.End(trial.id(), Force.KILL));
    }
  }

  private void finish(FolderName folder, FinalState state) {
    finished.put(folder, state);
    succeeded += state.succeeded() ? 1 : 0;
    interrupted += state.failure().filter(Failure::interrupted).isPresent() ? 1 : 0;
  }

  private void settle(Trial trial, Optional<Failure> failure) {
    FinalState state = new FinalState(trial.number(), failure);
    finish(trial.folder().name(), state);
    decided.add(new Action.Settle(trial.folder().name(), state));
  }

  /** Whether a trial is still the one that runs in its folder. */
  private boolean runs(Trial trial) {
    return running.get(trial.folder().name()) == trial;
  }

  private Trial expect(TrialId id) {
    Trial trial = running.get(id.folder());
    if (trial == null || !trial.id().equals(id)) {
      throw new IllegalStateException("an event came of " + id + ", which does not run");
    }
    return trial;
  }

  private static void refuseTooWide(Collection<JobFolder> folders, Sharing sharing, int width) {
    if (!(sharing instanceof Sharing.PerFolder each)) {
      return;
    }
    String tooWide =
        folders.stream()
            .filter(f -> !f.tagged())
            .sorted(Comparator.comparing(JobFolder::name))
            .flatMap(f -> tooWide(f, each, width).stream())
            .collect(Collectors.joining("\n"));
    if (!tooWide.isEmpty()) {
      throw new MpiSizeException(tooWide + ": lower 'ranks' or ask for more");
    }
  }

  private static Optional<String> tooWide(JobFolder folder, Sharing.PerFolder each, int width) {
    int asked = each.ranks().applyAsInt(folder);
    int later = asked;
    OptionalInt most = folder.settings().retry().mostRanks();
    if (most.isPresent()) {
      JobFolder wide = folder.with(folder.settings().withRanks(most.getAsInt()));
      later = each.ranks().applyAsInt(wide);
    }
    return Math.max(asked, later) <= width
        ? Optional.empty()
        : Optional.of(
            "folder '"
                + folder.name()
                + "' asks for "
                + (asked > width ? asked + " ranks" : later + " ranks after a failure ('retry')")
                + ", the allocation has "
                + width);
  }
}
