package org.jobfold.schedule;

/** What a job does inside this process. */
@FunctionalInterface
public interface JobBody {
  /**
   * Does it, on a thread that it has for itself. When that is interrupted, it should end.
   *
   * @throws Exception if it fails
   */
  Said run(JobRun run) throws Exception;
}
