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

  /** As that of any record, but quick also where nothing is compiled yet. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Need need && ranks == need.ranks && tokens.equals(need.tokens));
  }

  @Override
  public int hashCode() {
    return 31 * ranks + tokens.hashCode();
  }

  boolean sharesAQueueWith(Need other) {
    return tokens.keySet().stream().anyMatch(other.tokens::containsKey);
  }
}
