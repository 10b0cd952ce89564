package org.jobfold.schedule;

/**
 * A job that is never started: what becomes of its vertex is known. It holds no slot and no tokens.
 *
 * @param status what has become of it: skipped, unchanged, failed, or blocked
 * @param reason why, for people
 */
public record EmptyJob(JobStatus status, String reason) implements Job {
  /** Refuses what only a job that ran can be. */
  public EmptyJob {
    switch (status) {
      case SUCCEEDED, NOT_READY, INTERRUPTED ->
          throw new IllegalArgumentException(
              "a job that never runs can not be " + status + ": it is skipped, or it has failed");
      case SKIPPED, UNCHANGED, FAILED, BLOCKED -> {}
    }
  }

  /** One that need not run. */
  public static EmptyJob skipped(String reason) {
    return new EmptyJob(JobStatus.SKIPPED, reason);
  }

  /** One that can not run. */
  public static EmptyJob failed(String reason) {
    return new EmptyJob(JobStatus.FAILED, reason);
  }

  @Override
  public JobOptions options() {
    return JobOptions.DEFAULT;
  }
}
