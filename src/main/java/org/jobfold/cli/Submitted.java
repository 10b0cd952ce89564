package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sight;
import org.jobfold.disk.StateDirectory;
import org.jobfold.submit.JobId;
import org.jobfold.submit.QueueStanding;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submissions;

/** The newest submission of a tree and how it stands, by one question to Slurm at most. */
final class Submitted {
  private final Path root;
  private final Slurm slurm;
  private final Submissions account;

  Submitted(Path root, Slurm slurm) {
    this.root = root;
    this.slurm = slurm;
    this.account = new Submissions(root.resolve(StateDirectory.NAME));
  }

  /** A submission and how its jobs stand. */
  record View(Submission submission, QueueStanding standing) {
    /** Whether Slurm has answered. */
    boolean isKnown() {
      return standing.phase() != QueueStanding.Phase.UNKNOWN;
    }

    /** Whether a job of it is to run the tree, and waits or begins: Slurm says so. */
    boolean isInQueue() {
      return submission.withdrawn().isEmpty()
          && (standing.phase() == QueueStanding.Phase.QUEUED
              || standing.phase() == QueueStanding.Phase.RUNNING);
    }
  }

  /**
   * How the newest one stands; empty if there is none, if it was withdrawn, or if the tree was run
   * to its end since.
   */
  Optional<View> look(Sight sight) {
    return account
        .newest()
        .filter(submission -> submission.end() != Submission.End.CANCELLED)
        .filter(submission -> !isDone(submission, sight))
        .map(
            submission ->
                new View(
                    submission, QueueStanding.of(submission.ids(), slurm.look(submission.ids()))));
  }

  private static boolean isDone(Submission submission, Sight sight) {
    return sight.state() == Sight.State.COMPLETE
        && sight.account().state().run().filter(r -> r.at().isAfter(submission.at())).isPresent();
  }

  /** Refuses if jobs of the newest one may be in the queue. */
  void refuseAnother() {
    Optional<View> view = look(new RunWatch(root).look());
    if (view.isEmpty()) {
      return;
    }
    Submission submission = view.get().submission();
    String which =
        "submission "
            + submission.number()
            + " of "
            + submission.at().truncatedTo(ChronoUnit.SECONDS);
    if (submission.ids().isEmpty()) {
      throw refused(
          account.file(submission.number()).toString(),
          which
              + " was begun and not ended: if no 'jobfold submit' is at it any more, and 'squeue --me' shows no job of it, submit with '--again'");
    }
    String jobs = jobs(submission.ids());
    switch (view.get().standing().phase()) {
      case RUNNING, QUEUED ->
          throw refused(
              root.toString(),
              "it is in the queue by "
                  + which
                  + " ("
                  + jobs
                  + "): wait for it, or end it with 'jobfold stop' and submit then");
      case UNKNOWN ->
          throw refused(
              root.toString(),
              "it was given to Slurm by "
                  + which
                  + " ("
                  + jobs
                  + "), and Slurm does not say whether that is still in the queue: try again later, or, if you know, submit with '--again'");
      case OVER -> {}
    }
  }

  /** {@code job 17} or {@code jobs 17, 18}. */
  static String jobs(List<JobId> ids) {
    return (ids.size() == 1 ? "job " : "jobs ")
        + ids.stream().limit(5).map(JobId::number).collect(Collectors.joining(", "))
        + (ids.size() > 5 ? " ... " + ids.get(ids.size() - 1).number() : "");
  }
}
