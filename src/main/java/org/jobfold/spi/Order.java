package org.jobfold.spi;

import org.jobfold.comm.Placement;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Step;
import org.jobfold.trial.TrialId;

/**
 * What a session is asked to start: one process of one trial.
 *
 * @param id which one
 * @param folder its folder; the params that the run overrides are in its settings already
 * @param step the process of the folder's functional
 * @param placement the ranks it has
 * @param slot a small index, unique among what runs now
 */
public record Order(TrialId id, JobFolder folder, Step step, Placement placement, int slot) {
  /** Whether it is a call that is made inside the ranks, and no process. */
  public boolean isMpiCall() {
    return folder.settings().mpi() && step.functional() instanceof Functional.Call;
  }

  /** When this process counts as successful. */
  public org.jobfold.folder.SuccessCheck success() {
    return step.success().orElse(folder.settings().success());
  }
}
