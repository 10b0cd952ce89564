package org.jobfold.walk;

import java.util.List;
import org.jobfold.folder.FolderName;

/**
 * What an update of the tree did. A folder can be both untouched and dropped: the tree has it, and
 * it will not run again, but the run counts it no more.
 *
 * @param added new folders, queued
 * @param replaced folders that had not run yet and are other ones in the new tree
 * @param untouched folders that run, are finished or are tagged, or are in the new tree as they
 *     were: left as they are
 * @param dropped folders that were forgotten: such as succeeded, and ones that the new tree does
 *     not have or has switched off
 * @param gone folders that wait to be run, and that the new tree does not have
 * @param retried folders that had failed, and have all their trials once more
 * @param unblocked folders that these had blocked, and that wait for them again
 */
public record UpdateReport(
    List<FolderName> added,
    List<FolderName> replaced,
    List<FolderName> untouched,
    List<FolderName> dropped,
    List<FolderName> gone,
    List<FolderName> retried,
    List<FolderName> unblocked) {
  /** Copies the lists. */
  public UpdateReport {
    added = List.copyOf(added);
    replaced = List.copyOf(replaced);
    untouched = List.copyOf(untouched);
    dropped = List.copyOf(dropped);
    gone = List.copyOf(gone);
    retried = List.copyOf(retried);
    unblocked = List.copyOf(unblocked);
  }
}
