package org.jobfold.cli;

import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Placement;
import org.jobfold.disk.Note;
import org.jobfold.folder.Problem;

/**
 * What a run would say of a tree before it starts anything.
 *
 * @param problems for which it is refused, in order of place
 * @param here for which it would be refused on this machine, where nobody says which ranks are
 *     meant
 * @param notes what would not be run, or has no effect
 * @param ranks that it would have; none where what is said of them can not be used
 */
record Foreseen(
    List<Problem> problems, List<Problem> here, List<Note> notes, Optional<Placement> ranks) {
  /** Copies the lists. */
  Foreseen {
    problems = List.copyOf(problems);
    here = List.copyOf(here);
    notes = List.copyOf(notes);
  }

  /** Whether a run is refused wherever it is begun. */
  boolean isRefused() {
    return !problems.isEmpty();
  }
}
