package org.jobfold.spi;

import org.jobfold.folder.JobFolder;
import org.jobfold.trial.Cause;

/** What becomes of a folder whose turn it is. */
public sealed interface Advice {
  /**
   * It runs.
   *
   * @param folder as it is to be run; of the same name
   */
  record Run(JobFolder folder) implements Advice {}

  /**
   * It need not run, which is as good as a success. Costs nothing.
   *
   * @param reason for people
   */
  record Skip(String reason) implements Advice {}

  /**
   * It can not run.
   *
   * @param cause why
   */
  record Fail(Cause cause) implements Advice {}
}
