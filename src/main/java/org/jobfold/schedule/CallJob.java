package org.jobfold.schedule;

/**
 * A job that runs inside this process, on a thread of its own. An exception is a failure of this
 * job, and of no other.
 *
 * @param body what it does
 * @param options how it is run
 */
public record CallJob(JobBody body, JobOptions options) implements Job {
  /** The same with other options. */
  public CallJob with(JobOptions other) {
    return new CallJob(body, other);
  }
}
