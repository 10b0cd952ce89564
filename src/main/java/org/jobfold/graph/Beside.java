package org.jobfold.graph;

import java.util.Set;
import java.util.function.Predicate;
import org.jobfold.folder.FolderName;

/**
 * What is known of folders that are not in the tree, so that what is said of a wrong name fits.
 *
 * @param exists whether there is a folder of this name, with nothing to run
 * @param refused folders that are missing because something is wrong with them, or with a folder
 *     above. That has been said: those who wait for them are not blamed
 */
public record Beside(Predicate<FolderName> exists, Set<FolderName> refused) {
  /** Nothing is known. */
  public static final Beside NOTHING = new Beside(name -> false, Set.of());

  /** Copies the set. */
  public Beside {
    refused = Set.copyOf(refused);
  }

  /** Whether a folder may be missing because it was refused. */
  boolean mayHaveHeld(FolderName name) {
    return !refused.isEmpty() && refused.stream().anyMatch(r -> name.equals(r) || name.isBelow(r));
  }

  /** Whether folders below this one may be missing because they were refused. */
  boolean mayHaveHeldBelow(FolderName name) {
    return mayHaveHeld(name) || refused.stream().anyMatch(r -> r.isBelow(name));
  }
}
