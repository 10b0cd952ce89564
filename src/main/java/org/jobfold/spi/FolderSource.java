package org.jobfold.spi;

import java.util.Map;
import org.jobfold.folder.JobTree;

/**
 * Where the tree of job folders comes from.
 *
 * <p>An implementation MUST read the tree as it is now at each call, in the same order on every
 * machine, and refuse bad input as a whole with all its problems.
 */
public interface FolderSource {
  /**
   * Reads the tree.
   *
   * @param params override the params of all folders
   * @throws org.jobfold.folder.RefusedException if there is anything wrong in it
   */
  JobTree read(Map<String, String> params);

  /** A tree that a program made itself. */
  static FolderSource of(JobTree tree) {
    return params ->
        JobTree.of(
            tree.folders().stream().map(f -> f.with(f.settings().overriddenBy(params))).toList());
  }
}
