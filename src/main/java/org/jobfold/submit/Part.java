package org.jobfold.submit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jobfold.folder.FolderName;

/**
 * A part of a tree that one batch job runs: no folder of it waits for one outside.
 *
 * @param folders in order of their names; those that are tagged too
 * @param width what it must have so that each of them can run
 * @param time how long it takes at most if they run one after another; absent where not all say it
 */
public record Part(List<FolderName> folders, Width width, Optional<Duration> time) {
  /** Copies the list. */
  public Part {
    folders = List.copyOf(folders);
  }

  /** Both, one after another. */
  Part and(Part other) {
    List<FolderName> all = new ArrayList<>(folders);
    all.addAll(other.folders);
    return new Part(all, width.and(other.width), time.flatMap(mine -> other.time.map(mine::plus)));
  }
}
