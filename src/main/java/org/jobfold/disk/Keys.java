package org.jobfold.disk;

import java.util.Set;
import org.jobfold.disk.Schema.Group;

/**
 * The keys that a kind of file may have.
 *
 * @param group the keys
 * @param elsewhere keys that have their place in a file of another kind, save for those of the
 *     group
 * @param advice what to say of those, after the name of the key
 */
record Keys(Group group, Set<String> elsewhere, String advice) {
  /** Copies the set. */
  Keys {
    elsewhere = Set.copyOf(elsewhere);
  }

  /** Whether they are those of a folder file. */
  boolean isOfFolders() {
    return group.equals(Schema.ROOT);
  }

  /** Those of a folder file, beside a file of the run with these keys. */
  static Keys ofFolders(Set<String> runKeys) {
    return new Keys(
        Schema.ROOT,
        runKeys,
        "is a setting of the whole run: write it in '"
            + RunFile.NAME
            + "' at the root of the tree");
  }
}
