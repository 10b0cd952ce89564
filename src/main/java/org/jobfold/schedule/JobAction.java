package org.jobfold.schedule;

/** What a job does inside this process, where there is nothing to say of it but that it is done. */
@FunctionalInterface
public interface JobAction {
  /**
   * Does it, on a thread that it has for itself. When that is interrupted, it should end.
   *
   * @throws Exception if it fails
   */
  void run(JobRun run) throws Exception;
}
