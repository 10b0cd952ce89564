package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jobfold.disk.RunLock;
import org.jobfold.disk.StateDirectory;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.RefusedException;
import org.jobfold.run.SystemClock;
import org.jobfold.spi.Clock;
import org.jobfold.submit.GoingOn;
import org.jobfold.submit.Part;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submissions;
import org.jobfold.submit.Submitting;

/**
 * Gives what was planned to Slurm: first it writes down in the tree, under its lock, what is to be
 * submitted, then all jobs are submitted or none.
 */
final class HandIn {
  private final String place;
  private final Path root;
  private final JobTree folders;
  private final Slurm queue;
  private final Consumer<String> say;
  private final Clock clock = new SystemClock();

  /**
   * Of a tree.
   *
   * @param place the tree as the user names it
   * @param say told, for people
   */
  HandIn(String place, Path root, JobTree folders, Slurm queue, Consumer<String> say) {
    this.place = place;
    this.root = root;
    this.folders = folders;
    this.queue = queue;
    this.say = say;
  }

  /**
   * Submits it.
   *
   * @throws RefusedException if another has the tree, or has submitted it since it was planned
   */
  Submitting.Result perform(SubmissionPlan plan, LeftBefore before) throws InterruptedException {
    StateDirectory state = StateDirectory.of(root);
    Submissions account = new Submissions(state.path());
    try (RunLock lock = state.lock(folders, RunLock.BreakLock.NO, clock, say)) {
      lock.onLost(say);
      if (account.next() != plan.number()) {
        throw refused(place, "it was submitted by another just now: look, and try again");
      }
      goOn(before, state);
      writeParts(plan, state);
      account.begin(
          new Submission(
              plan.number(),
              clock.now(),
              plan.way(),
              plan.calls().size(),
              plan.parts().isEmpty() ? 0 : plan.number(),
              List.of(),
              plan.start(),
              state.epoch(),
              Submission.End.OPEN,
              Optional.empty()),
          plan.script());
    }
    Submitting.Result result =
        new Submitting(queue, account, clock::now).perform(plan.number(), plan.calls());
    if (result instanceof Submitting.Result.Whole whole) {
      say.accept(plan.told() + ": " + Submitted.jobs(whole.jobs()));
    } else if (result instanceof Submitting.Result.Failed failed) {
      say.accept(text(failed, plan.calls().size()));
      if (!plan.parts().isEmpty() && failed.left().isEmpty()) {
        takePartsBack(state);
      }
    }
    return result;
  }

  /** Leaves what the batch jobs go on with. */
  private static void goOn(LeftBefore before, StateDirectory state) {
    if (before.start() != Submission.Start.ANEW) {
      state.remember(before.options());
      GoingOn.read(state.path()).renewed().write(state.path());
    }
  }

  private void writeParts(SubmissionPlan plan, StateDirectory state) {
    if (!plan.parts().isEmpty()) {
      state.divide(
          plan.number(),
          plan.parts().stream().map(Part::folders).toList(),
          plan.start() == Submission.Start.ANEW
              ? StateDirectory.PartsBegin.ANEW
              : StateDirectory.PartsBegin.GOING_ON,
          clock.now());
    }
  }

  /** The parts of what is withdrawn count no more; if one is being run still, they stay. */
  private void takePartsBack(StateDirectory state) throws InterruptedException {
    try (RunLock lock = state.lock(folders, RunLock.BreakLock.NO, clock, note -> {})) {
      lock.onLost(say);
      state.resumed(state.load().state(), clock.now()).close();
      state.takeBackParts();
    } catch (RefusedException e) {
      say.accept("the parts of the tree stay as they are: " + e.problems().get(0).text());
    }
  }

  private static String text(Submitting.Result.Failed failed, int all) {
    return (all == 1
            ? "Slurm did not take the job"
            : "Slurm did not take job " + (failed.submitted() + 1) + " of " + all)
        + " ("
        + failed.why()
        + "): "
        + (failed.submitted() == 0
            ? "nothing is submitted"
            : failed.left().isEmpty()
                ? "the "
                    + Words.count(failed.submitted(), "job")
                    + " before it "
                    + (failed.submitted() == 1 ? "is" : "are")
                    + " cancelled"
                : "those before it could not be cancelled ("
                    + failed.trouble()
                    + "): scancel "
                    + String.join(" ", failed.left().stream().map(j -> j.number()).toList()));
  }
}
