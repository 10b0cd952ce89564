package org.jobfold.disk;

import java.util.List;
import java.util.Optional;
import org.jobfold.folder.FolderName;
import org.jobfold.folder.Problem;

/** What a run says to a request. */
public sealed interface Answer {
  /**
   * It has taken up the tree.
   *
   * @param added new folders
   * @param replaced folders that waited, and are other ones now
   * @param untouched folders that were left as they are
   * @param dropped folders that it has forgotten
   * @param gone folders that wait, and that the tree does not have
   * @param retried folders that had failed, and have all their trials once more
   * @param unblocked folders that these had blocked, and that wait for them again
   * @param match the glob by which files make folders executable, if the run has one
   */
  record Updated(
      Names added,
      Names replaced,
      Names untouched,
      Names dropped,
      Names gone,
      Names retried,
      Names unblocked,
      Optional<String> match)
      implements Answer {}

  /**
   * It stops.
   *
   * @param running how many folders run
   * @param waiting how many folders are not started any more
   */
  record Stopping(int running, int waiting) implements Answer {}

  /**
   * It does not, and goes on as before.
   *
   * @param problems why, at least one
   */
  record Refused(List<Problem> problems) implements Answer {
    /** Copies the list. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * It can not any more: it ends.
   *
   * @param why for people
   */
  record Over(String why) implements Answer {}

  /**
   * Folders by name: how many, and the first of them.
   *
   * @param count how many
   * @param first at most {@link #MOST}
   */
  record Names(int count, List<String> first) {
    /** So many names are told. */
    public static final int MOST = 1000;

    /** Copies the list. */
    public Names {
      first = List.copyOf(first);
    }

    /** Of these folders. */
    public static Names of(List<FolderName> folders) {
      return new Names(folders.size(), folders.stream().limit(MOST).map(FolderName::path).toList());
    }

    /** How many are not told. */
    public int more() {
      return count - first.size();
    }
  }
}
