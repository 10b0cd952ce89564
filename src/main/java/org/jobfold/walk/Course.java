package org.jobfold.walk;

import static org.jobfold.walk.OpenFolders.isMain;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Phase;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;

/**
 * The way of each folder from being held back to its final state, as far as it depends on other
 * folders: those that it waits for, those that have failed, and those of the main phase. Starts
 * nothing.
 */
final class Course {
  private final WalkRules rules;
  private final OpenFolders open;
  private final RunningTrials running;
  private final Undecided undecided;
  private final FinishedFolders finished;
  private final Queue<Action> decided;
  private final DoneBefore doneBefore = new DoneBefore();
  private Precedence precedence;
  private int mainLeft;
  private boolean reopenedLast;

  /**
   * A course without folders.
   *
   * @param precedence of those that it will have
   * @param decided takes up what is to be done
   */
  Course(
      WalkRules rules,
      Precedence precedence,
      OpenFolders open,
      RunningTrials running,
      Undecided undecided,
      FinishedFolders finished,
      Queue<Action> decided) {
    this.rules = rules;
    this.precedence = precedence;
    this.open = open;
    this.running = running;
    this.undecided = undecided;
    this.finished = finished;
    this.decided = decided;
  }

  /** Takes up a folder that has not run, or is to run again. */
  void hold(Waiting turn) {
    mainLeft += isMain(turn.folder()) ? 1 : 0;
    if (precedence.isTrivial() && isMain(turn.folder()) && !isAdvised()) {
      open.putBack(turn);
    } else {
      open.holdBack(turn);
    }
  }

  /** Takes up a folder that succeeded before: it keeps that state unless one before it runs. */
  void holdAsDone(Waiting turn, FinalState before) {
    doneBefore.put(turn.folder().name(), before);
    hold(turn);
  }

  /** The folders are others from now on: none is held yet. Those that run or ran are the same. */
  void begin(Precedence newer) {
    precedence = newer;
    mainLeft = 0;
    running.all().forEach(trial -> mainLeft += isMain(trial.folder()) ? 1 : 0);
    undecided.trials().forEach(trial -> mainLeft += isMain(trial.folder()) ? 1 : 0);
  }

  /** All folders have been taken up: what ran before, or is switched off, is told to the others. */
  void settleDone(JobTree tree, Past past) {
    precedence.settleTagged(tree, past);
    finished.forEach(precedence::ended);
  }

  /** The folders go on, from the main phase on if some of it are left. */
  void goOn() {
    open.beginPhase(hasMainLeft() ? Phase.MAIN : open.phase());
    freeAll();
  }

  /** Whether folders of the main phase have not ended. */
  boolean hasMainLeft() {
    return mainLeft > 0;
  }

  Precedence precedence() {
    return precedence;
  }

  private boolean isAdvised() {
    return rules.advice() == WalkRules.Advice.ASKED;
  }

  // ---- whose turn it is

  /** Lets all go on for whom nothing is left to wait for. */
  void freeAll() {
    freeAll(precedence.free(open.heldBack()));
  }

  /** Frees these, and those that wait for nobody else then because these do not run. */
  private void freeAll(List<FolderName> names) {
    Queue<FolderName> free = new ArrayDeque<>(names);
    for (FolderName next = free.poll(); next != null; next = free.poll()) {
      free.addAll(free(next));
    }
  }

  /**
   * Nothing is left to wait for but the turn of its phase. Gives those that wait for nobody now.
   */
  private List<FolderName> free(FolderName folder) {
    Optional<Waiting> free = open.letGo(folder);
    if (free.isEmpty()) {
      return List.of();
    }
    Waiting turn = free.get();
    Optional<SortedSet<FolderName>> origins = precedence.origins(folder);
    if (origins.isPresent()) {
      Cause cause = new Cause.Upstream(origins.get());
      return take(turn.folder(), FinalState.notRun(turn.trial() - 1, cause));
    }
    Optional<FinalState> before = doneBefore.take(folder);
    if (before.isPresent()) {
      return take(turn.folder(), before.get());
    }
    if (isAdvised()) {
      open.askFirst(turn);
    } else {
      open.putBack(turn);
    }
    return List.of();
  }

  /** A folder runs: so do those again that succeeded before, and wait for it. */
  void reopen(JobFolder folder) {
    precedence.successors(folder.name()).forEach(this::reopen);
    if (isMain(folder) && !reopenedLast) {
      reopenedLast = true;
      open.heldBackForLast().forEach(this::reopen);
    }
  }

  private void reopen(FolderName name) {
    doneBefore.take(name).ifPresent(state -> decided.add(new Action.Reopen(name, state.trials())));
  }

  // ---- the last phase

  /** Begins the last phase, if nothing of the main one goes on. */
  void beginLastPhaseIfDue() {
    if (open.phase() == Phase.MAIN && (!hasMainLeft() || isStuck())) {
      beginLastPhase();
    }
  }

  /** What of the main phase has not ended now never will: it counts as failed. */
  private void beginLastPhase() {
    open.beginPhase(Phase.FINALLY);
    List<FolderName> last = open.heldBackForLast().stream().sorted().toList();
    SortedSet<FolderName> never = new TreeSet<>();
    last.forEach(name -> never.addAll(precedence.unfinished(name)));
    never.removeAll(last);
    never.forEach(precedence::failed);
    freeAll(last.stream().filter(precedence::isFree).toList());
  }

  /** Whether no folder is left that may go on. */
  boolean nothingIsLeft() {
    return open.size() == 0
        || (isStuck() && (open.phase() == Phase.FINALLY || !open.hasLastPhase()));
  }

  /**
   * Whether nothing goes on, and none of those that are held back can: so many have failed, or they
   * wait for what was interrupted.
   */
  private boolean isStuck() {
    return running.isEmpty() && undecided.isEmpty() && open.isStuck(precedence::isFree);
  }

  // ---- how it ends

  /** A folder has its final state; so may have others that waited for it, without running. */
  void settle(JobFolder folder, FinalState state) {
    freeAll(take(folder, state));
  }

  /** Gives those that wait for nobody else now. */
  private List<FolderName> take(JobFolder folder, FinalState state) {
    finished.put(folder.name(), state);
    mainLeft -= isMain(folder) ? 1 : 0;
    decided.add(new Action.Settle(folder.name(), state));
    closeIfEnoughHaveFailed();
    return precedence.ended(folder.name(), state);
  }

  /** Whether as many folders have failed in this run as the rules allow. */
  boolean hasFailedEnough() {
    return rules.maxFailures().isPresent()
        && finished.failedInThisRun() + undecided.doubts() >= rules.maxFailures().getAsInt();
  }

  void closeIfEnoughHaveFailed() {
    if (!open.isClosed() && hasFailedEnough()) {
      open.close();
    }
  }

  /** Fewer have failed than it seemed. */
  void openIfNotEnoughHaveFailed() {
    if (open.isClosed() && !hasFailedEnough()) {
      open.open();
      freeAll();
    }
  }
}
