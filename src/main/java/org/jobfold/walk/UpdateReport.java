package org.jobfold.walk;

import java.util.List;
import org.jobfold.folder.FolderName;

/**
 * What an update of the tree did.
 *
 * @param added new folders, queued
 * @param replaced folders that had not run yet, now as the new tree has them
 * @param untouched folders that run, are finished or are tagged, left as they are
 * @param dropped folders that were forgotten: finished ones and ones that the new tree does not
 *     have
 */
public record UpdateReport(
    List<FolderName> added,
    List<FolderName> replaced,
    List<FolderName> untouched,
    List<FolderName> dropped) {
  /** Copies the lists. */
  public UpdateReport {
    added = List.copyOf(added);
    replaced = List.copyOf(replaced);
    untouched = List.copyOf(untouched);
    dropped = List.copyOf(dropped);
  }
}
