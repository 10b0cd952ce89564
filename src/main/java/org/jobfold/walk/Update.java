package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.retry.History;
import org.jobfold.trial.FinalState;

/**
 * Takes up a new version of the tree, once. All that it refuses is refused before anything is
 * changed.
 */
final class Update {
  private final WalkRules rules;
  private final OwnRanks ranks;
  private final OpenFolders open;
  private final RunningTrials running;
  private final Undecided undecided;
  private final FinishedFolders finished;
  private final Course course;
  private final List<FolderName> added = new ArrayList<>();
  private final List<FolderName> replaced = new ArrayList<>();
  private final List<FolderName> untouched = new ArrayList<>();
  private final List<FolderName> dropped = new ArrayList<>();
  private final List<FolderName> gone = new ArrayList<>();
  private final List<FolderName> retried = new ArrayList<>();
  private final List<FolderName> unblocked = new ArrayList<>();

  Update(
      WalkRules rules,
      OwnRanks ranks,
      OpenFolders open,
      RunningTrials running,
      Undecided undecided,
      FinishedFolders finished,
      Course course) {
    this.rules = rules;
    this.ranks = ranks;
    this.open = open;
    this.running = running;
    this.undecided = undecided;
    this.finished = finished;
    this.course = course;
  }

  /** See {@link Walk#update}. */
  UpdateReport take(JobTree tree, Walk.DeleteOld deleteOld, Past.Failed failures) {
    boolean forget = deleteOld == Walk.DeleteOld.YES;
    Map<FolderName, Waiting> old =
        open.stream().collect(Collectors.toMap(w -> w.folder().name(), w -> w));
    Sharing sharing =
        open.sharingAmong(
            Stream.concat(Walk.untagged(tree), old.values().stream().map(Waiting::folder)));
    if (ranks.given() && rules.wide() == WalkRules.Wide.REFUSED) {
      Refusals.refuseTooWide(tree.folders(), sharing, ranks.hosts().atFirst());
    }
    Refusals.refuseTokens(tree.folders(), rules.queues());
    Precedence newer = precedence(tree, old, deleteOld);
    open.clear(sharing);
    course.begin(newer);
    finished.dropForgotten(tree);
    tree.folders().forEach(folder -> take(folder, old, failures));
    for (Waiting left : old.values().stream().sorted().toList()) {
      if (forget) {
        dropped.add(left.folder().name());
      } else {
        course.hold(left);
        gone.add(left.folder().name());
      }
    }
    course.settleDone(tree, Past.none());
    if (forget) {
      dropped.addAll(finished.forget(tree));
    }
    if (!course.hasFailedEnough()) {
      open.open();
    }
    course.goOn();
    dropped.sort(Comparator.naturalOrder());
    unblocked.removeIf(finished::contains);
    return new UpdateReport(added, replaced, untouched, dropped, gone, retried, unblocked);
  }

  private static Precedence precedence(
      JobTree tree, Map<FolderName, Waiting> old, Walk.DeleteOld deleteOld) {
    List<JobFolder> staying =
        old.values().stream()
            .map(Waiting::folder)
            .filter(f -> deleteOld == Walk.DeleteOld.NO && tree.find(f.name()).isEmpty())
            .toList();
    return new Precedence(JobTree.of(staying).updatedBy(tree));
  }

  /** Takes up a folder of the new tree, and takes it out of those that were left of the old one. */
  private void take(JobFolder folder, Map<FolderName, Waiting> old, Past.Failed failures) {
    FolderName name = folder.name();
    Waiting before = old.remove(name);
    if (folder.tagged()) {
      (before == null ? untouched : dropped).add(name);
    } else if (before != null) {
      course.hold(before.renewed(folder));
      (before.folder().equals(folder) ? untouched : replaced).add(name);
    } else if (finished.isBack(name)) {
      again(folder);
      added.add(name);
    } else if (failures == Past.Failed.RETRY && finished.failure(name).isPresent()) {
      (finished.failure(name).get().blocked() ? unblocked : retried).add(name);
      again(folder);
    } else if (running.contains(name) || undecided.contains(name) || finished.knows(name)) {
      untouched.add(name);
    } else {
      course.hold(Waiting.first(folder));
      added.add(name);
    }
  }

  /** A folder that has failed has all its trials once more. */
  private void again(JobFolder folder) {
    int trials = finished.take(folder.name()).map(FinalState::trials).orElse(0);
    course.hold(Waiting.resumed(folder, trials + 1, 0, History.NONE));
  }
}
