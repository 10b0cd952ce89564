package org.jobfold.schedule;

/** What is done for a vertex of a graph. */
public sealed interface Job permits CallJob, ProcessJob, EmptyJob {
  /** How it is run. */
  JobOptions options();

  /** Whether it is never started. */
  default boolean shouldSkip() {
    return this instanceof EmptyJob;
  }

  /** A job inside this process. */
  static CallJob call(JobAction action) {
    return new CallJob(
        run -> {
          action.run(run);
          return Said.DONE;
        },
        JobOptions.DEFAULT);
  }

  /** A job inside this process that says how it went. */
  static CallJob saying(JobBody body) {
    return new CallJob(body, JobOptions.DEFAULT);
  }
}
