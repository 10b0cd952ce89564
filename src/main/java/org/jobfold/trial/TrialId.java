package org.jobfold.trial;

import org.jobfold.folder.FolderName;

/**
 * Which process of which trial of which folder.
 *
 * @param folder the folder
 * @param number the trial, counted from 1
 * @param step which process of the functional, counted from 0; always 0 for a folder without steps
 */
public record TrialId(FolderName folder, int number, int step) {
  /** Refuses numbers out of range. */
  public TrialId {
    if (number < 1 || step < 0) {
      throw new IllegalArgumentException("there is no trial " + number + " with a step " + step);
    }
  }

  /** As that of any record, but quick also where nothing is compiled yet. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof TrialId id
            && number == id.number
            && step == id.step
            && folder.equals(id.folder));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * folder.hashCode() + number) + step;
  }

  @Override
  public String toString() {
    return folder + " trial " + number + (step == 0 ? "" : " step " + step);
  }
}
