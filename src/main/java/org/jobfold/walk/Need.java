package org.jobfold.walk;

import java.util.Map;
import org.jobfold.folder.JobFolder;

/**
 * What a trial holds while it runs. Folders with equal needs wait in one line.
 *
 * @param ranks how many ranks; 0 where all get equal shares
 * @param tokens how many tokens of which queues
 */
record Need(int ranks, Map<String, Integer> tokens) {
  /** What a folder holds where the ranks are shared out in some way. */
  static Need of(JobFolder folder, Sharing sharing) {
    return new Need(
        sharing instanceof Sharing.PerFolder each ? each.ranks().applyAsInt(folder) : 0,
        folder.settings().tokens());
  }

  boolean sharesAQueueWith(Need other) {
    return tokens.keySet().stream().anyMatch(other.tokens::containsKey);
  }
}
