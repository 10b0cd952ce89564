package org.jobfold.submit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Submits all jobs of a submission or none: when one is not accepted, those before it are
 * cancelled. Each is in the account before the next one is submitted.
 */
public final class Submitting {
  private final Slurm slurm;
  private final Submissions account;
  private final Supplier<Instant> now;

  /** By these means. */
  public Submitting(Slurm slurm, Submissions account, Supplier<Instant> now) {
    this.slurm = slurm;
    this.account = account;
    this.now = now;
  }

  /** What came of it. */
  public sealed interface Result {
    /** All jobs are in the queue. */
    record Whole(List<JobId> jobs) implements Result {}

    /**
     * None is, unless they could not be cancelled.
     *
     * @param submitted how many had been accepted
     * @param why the next one was not
     * @param left those that could not be cancelled, with the trouble it had
     * @param trouble of the cancelling; empty if none
     */
    record Failed(int submitted, String why, List<JobId> left, String trouble) implements Result {}
  }

  /** Submits; the account of this number has been begun. */
  public Result perform(int number, List<Call> calls) {
    List<JobId> jobs = new ArrayList<>();
    for (Call call : calls) {
      Slurm.Submitted submitted = slurm.submit(call.words(account.script(number)));
      if (submitted instanceof Slurm.Submitted.Refused refused) {
        return withdraw(number, jobs, refused.why());
      }
      JobId job = ((Slurm.Submitted.Accepted) submitted).job();
      jobs.add(job);
      account.submitted(number, new Submission.Job(job, call.part()), now.get());
    }
    account.ended(number, Submission.End.WHOLE, now.get());
    return new Result.Whole(jobs);
  }

  private Result withdraw(int number, List<JobId> jobs, String why) {
    String trouble = jobs.isEmpty() ? "" : slurm.cancel(jobs);
    if (!trouble.isEmpty()) {
      return new Result.Failed(jobs.size(), why, jobs, trouble);
    }
    account.ended(number, Submission.End.CANCELLED, now.get());
    return new Result.Failed(jobs.size(), why, List.of(), "");
  }
}
