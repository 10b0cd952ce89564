package org.jobfold.print;

import java.util.Optional;
import org.jobfold.folder.FolderName;

/**
 * A folder that another one waits for, as that one sees it.
 *
 * @param name which one
 * @param made what its last success made; where absent, it is not known, because it is yet to run
 *     or nothing was kept: then those that wait for it must run
 */
public record Predecessor(FolderName name, Optional<Digest> made) {
  /** One that made something. */
  public static Predecessor of(FolderName name, Digest made) {
    return new Predecessor(name, Optional.of(made));
  }

  /** One of which it is not known what it makes. */
  public static Predecessor unknown(FolderName name) {
    return new Predecessor(name, Optional.empty());
  }
}
