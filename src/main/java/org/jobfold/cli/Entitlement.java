package org.jobfold.cli;

import static org.jobfold.cli.TreeArguments.refused;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jobfold.disk.LockHolder;
import org.jobfold.disk.PartName;
import org.jobfold.disk.Parts;
import org.jobfold.disk.RunWatch;
import org.jobfold.disk.Sender;
import org.jobfold.disk.StateDirectory;
import org.jobfold.submit.JobId;
import org.jobfold.submit.QueueStanding;
import org.jobfold.submit.Slurm;
import org.jobfold.submit.Submission;
import org.jobfold.submit.Submissions;

/**
 * By what right a tree is run: as a batch job of a submission that counts, or by hand, which takes
 * the tree from the jobs that wait for their turn.
 *
 * <p>A run takes the lock first and looks then whether its submission counts; who stops a
 * submission writes that first, and looks then who holds a lock. So of two at least one sees the
 * other.
 */
final class Entitlement {
  /** What is said to who wants a tree to go on that was submitted. */
  static final String GO_ON =
      "to go on: 'jobfold resume', or 'jobfold submit --resume' as a batch job";

  private final Path root;
  private final Optional<PartName> part;
  private final Map<String, String> environment;
  private final Submissions account;

  Entitlement(Path root, Optional<PartName> part, Map<String, String> environment) {
    this.root = root;
    this.part = part;
    this.environment = environment;
    this.account = new Submissions(root.resolve(StateDirectory.NAME));
  }

  /** Whether jobs that wait in the queue may be overtaken. */
  enum Overtake {
    /** They do nothing then when their turn comes. */
    YES,
    /** Then the tree is left to them. */
    NO
  }

  /**
   * Before the tree is taken: refuses to take it by hand from jobs that wait in the queue. Where
   * Slurm does not answer, it refuses at a terminal, where one more word is all that it costs. In a
   * batch job it goes on, whose nodes would be lost; a job that comes later finds that it does not
   * count.
   *
   * @param say told, for people, what is not known
   */
  void refuseQueued(Slurm slurm, Overtake overtake, Consumer<String> say) {
    Optional<Submission> newest = account.counting();
    if (part.isPresent()
        || overtake == Overtake.YES
        || newest.isEmpty()
        || newest.get().ids().isEmpty()
        || own().isPresent()
        || isHeld()) {
      return;
    }
    new Submitted(root, slurm)
        .look(new RunWatch(root).look())
        .ifPresent(view -> refuse(view.submission(), view.standing(), say));
  }

  private void refuse(Submission submission, QueueStanding standing, Consumer<String> say) {
    String which = which(submission);
    String overtake = "'--overtake' runs it here, and its jobs do nothing when their turn comes";
    switch (standing.phase()) {
      case QUEUED, RUNNING ->
          throw refused(
              root.toString(),
              "it is in the queue by "
                  + which
                  + ": let that run, or end it with 'jobfold stop' or 'scancel "
                  + numbers(submission.ids())
                  + "'; "
                  + overtake);
      case UNKNOWN -> {
        if (environment.getOrDefault("SLURM_JOB_ID", "").isEmpty()) {
          throw refused(
              root.toString(),
              "it was given to Slurm by "
                  + which
                  + ", and Slurm does not say whether that waits still: try again later, or, if you know better, "
                  + overtake);
        }
        say.accept(
            "the tree was given to Slurm by "
                + which
                + ", and Slurm does not say whether that waits still: it is run here, and those jobs do nothing when their turn comes");
      }
      case OVER -> {}
    }
  }

  /**
   * Before the account is removed: refuses while its jobs wait in the queue or run, which would not
   * find what they were given. Where Slurm does not answer, that is said.
   */
  void refuseForgetting(Slurm slurm, Consumer<String> say) {
    account
        .counting()
        .filter(submission -> !submission.ids().isEmpty())
        .flatMap(any -> new Submitted(root, slurm).look(new RunWatch(root).look()))
        .ifPresent(view -> forget(view.submission(), view.standing(), say));
  }

  private void forget(Submission submission, QueueStanding standing, Consumer<String> say) {
    String which = which(submission);
    switch (standing.phase()) {
      case QUEUED, RUNNING ->
          throw refused(
              root.toString(),
              "it is in the queue by " + which + ": let that run, or end it with 'jobfold stop'");
      case UNKNOWN ->
          say.accept(
              "the tree was given to Slurm by "
                  + which
                  + ", and Slurm does not say whether that waits still: if so, it will fail");
      case OVER -> {}
    }
  }

  private static String which(Submission submission) {
    return "submission " + submission.number() + " (" + Submitted.jobs(submission.ids()) + ")";
  }

  private static String numbers(List<JobId> ids) {
    return String.join(" ", ids.stream().limit(5).map(JobId::number).toList())
        + (ids.size() > 5 ? " ..." : "");
  }

  /** Somebody who lives has the tree, or a part of it: the lock says more of it. */
  private boolean isHeld() {
    return StateDirectory.existing(root)
            .flatMap(StateDirectory::holder)
            .filter(LockHolder::lives)
            .isPresent()
        || !Parts.of(root).held().isEmpty();
  }

  /**
   * Once the tree, or the part, is taken: refuses a job whose submission does not count any more; a
   * run by hand withdraws the submission that counted.
   */
  void settle(Instant now) {
    Optional<Submission> own = own();
    String job = part.isPresent() ? "part " + part.get() : "this job";
    if (own.isPresent()) {
      why(own.get())
          .ifPresent(
              why -> {
                throw refused(
                    root.toString(), job + " does not count any more: " + why + "; " + GO_ON);
              });
    } else if (part.isEmpty()) {
      account
          .counting()
          .filter(submission -> !mayBeOwn(submission))
          .ifPresent(
              submission ->
                  account.withdrawn(
                      submission.number(),
                      "the tree was run otherwise by " + Sender.self().text(),
                      now));
    }
  }

  /** A job may begin before its number is in the account. */
  private boolean mayBeOwn(Submission submission) {
    return submission.ids().isEmpty() && !environment.getOrDefault("SLURM_JOB_ID", "").isEmpty();
  }

  /** Why the submission of this job does not count any more; empty if it does, or there is none. */
  Optional<String> withdrawn() {
    return own().flatMap(this::why);
  }

  private Optional<String> why(Submission submission) {
    return submission.withdrawn().isPresent()
        ? submission.withdrawn()
        : account
            .newest()
            .filter(newest -> newest.number() != submission.number())
            .map(newest -> "the tree was submitted anew since");
  }

  /**
   * How the submission of this batch job is to begin; empty if some start of it has begun already,
   * or it is of none.
   */
  Optional<Submission.Start> firstStart() {
    return own().filter(this::isToBegin).map(Submission::start);
  }

  /** A part that goes on has a journal from its submission on. */
  private boolean isToBegin(Submission submission) {
    return part.map(
            name ->
                StateDirectory.of(root, name).epoch()
                    == (submission.start() == Submission.Start.ANEW ? 0 : 1))
        .orElseGet(() -> StateDirectory.of(root).epoch() == submission.epoch());
  }

  /** The submission that this batch job, or that which it succeeds, is of. */
  private Optional<Submission> own() {
    if (part.isPresent()) {
      int set = part.get().set();
      return account.all().stream().filter(submission -> submission.parts() == set).findFirst();
    }
    List<String> jobs =
        Stream.of("SLURM_JOB_ID", "SLURM_ARRAY_JOB_ID", "JOBFOLD_SUCCESSOR")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(job -> !job.isEmpty())
            .toList();
    return jobs.isEmpty()
        ? Optional.empty()
        : account.all().stream().filter(each -> jobs.stream().anyMatch(each::hasJob)).findFirst();
  }
}
