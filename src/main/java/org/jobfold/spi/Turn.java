package org.jobfold.spi;

import java.util.List;
import org.jobfold.folder.JobFolder;

/**
 * A folder whose turn it is.
 *
 * @param folder which
 * @param predecessors all that it waited for, in order of name; they have ended
 * @param isWaitedFor whether others wait for it
 */
public record Turn(JobFolder folder, List<JobFolder> predecessors, boolean isWaitedFor) {
  /** Copies the list. */
  public Turn {
    predecessors = List.copyOf(predecessors);
  }
}
