package org.jobfold.walk;

import org.jobfold.folder.JobFolder;

/**
 * A folder that waits for its next trial.
 *
 * @param folder the folder
 * @param trial the number of that trial, from 1 on
 * @param step the step that it begins with: those before succeeded in earlier trials
 */
record Waiting(JobFolder folder, int trial, int step) implements Comparable<Waiting> {
  /** A folder that has not run. */
  static Waiting first(JobFolder folder) {
    return new Waiting(folder, 1, 0);
  }

  @Override
  public int compareTo(Waiting other) {
    return folder.name().compareTo(other.folder.name());
  }
}
