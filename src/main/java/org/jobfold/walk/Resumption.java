package org.jobfold.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.JobTree;
import org.jobfold.trial.FinalState;

/** Takes up the untagged folders of the first tree where earlier runs have left them. */
final class Resumption {
  private final WalkRules rules;
  private final Course course;
  private final FinishedFolders finished;

  Resumption(WalkRules rules, Course course, FinishedFolders finished) {
    this.rules = rules;
    this.course = course;
    this.finished = finished;
  }

  /** Folders of the last phase run again if any of the main phase has not ended. */
  void take(JobTree tree, Past past) {
    Predicate<JobFolder> again =
        rules.advice() == WalkRules.Advice.ASKED ? mayRunAgain(tree, past) : folder -> false;
    List<JobFolder> last = new ArrayList<>();
    boolean anew = false;
    for (JobFolder folder : tree.folders()) {
      if (!folder.tagged()) {
        if (OpenFolders.isMain(folder)) {
          take(folder, past, again);
          anew |= past.ending(folder).isEmpty();
        } else {
          last.add(folder);
        }
      }
    }
    boolean nothingElse = !course.hasMainLeft();
    for (JobFolder folder : last) {
      take(folder, anew ? Past.none() : past, nothingElse ? again : any -> true);
    }
    finished.beginRun();
    course.settleDone(tree, past);
    course.goOn();
  }

  /** Takes up a folder where it was left. */
  private void take(JobFolder folder, Past past, Predicate<JobFolder> again) {
    Optional<FinalState> before = past.ending(folder);
    if (before.isPresent() && !(before.get().succeeded() && again.test(folder))) {
      finished.put(folder.name(), before.get());
      return;
    }
    Waiting turn = past.waiting(folder, rules.retry());
    if (before.isPresent() && !DoneBefore.isChecked(folder)) {
      course.holdAsDone(turn, before.get());
    } else {
      course.hold(turn);
    }
  }

  /** Which folders that succeeded may run again: those the advisor knows of, and what follows. */
  private Predicate<JobFolder> mayRunAgain(JobTree tree, Past past) {
    Set<FolderName> following =
        course
            .precedence()
            .following(
                Walk.untagged(tree)
                    .filter(f -> DoneBefore.isChecked(f) || past.ending(f).isEmpty())
                    .map(JobFolder::name)
                    .toList());
    return folder -> DoneBefore.isChecked(folder) || following.contains(folder.name());
  }
}
