package org.jobfold.disk;

import java.util.List;
import org.jobfold.folder.JobTree;
import org.jobfold.folder.Problem;
import org.jobfold.folder.RefusedException;

/**
 * What a scan found.
 *
 * @param tree the executable folders; those with problems may be missing, or lack what is wrong
 * @param problems what keeps a run from starting, in order of place
 * @param notes why something that looks like a job folder would not run, in order of place
 */
public record Scan(JobTree tree, List<Problem> problems, List<Note> notes) {
  /** Copies the lists. */
  public Scan {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /**
   * The tree, if nothing is wrong with it.
   *
   * @throws RefusedException with all problems, if there are any
   */
  public JobTree orRefuse() {
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return tree;
  }
}
