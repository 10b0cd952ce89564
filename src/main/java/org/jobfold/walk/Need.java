package org.jobfold.walk;

import java.util.Map;
import org.jobfold.folder.JobFolder;

/**
 * What a trial holds while it runs. Folders with equal needs wait in one line.
 *
 * @param ranks how many ranks; 0 where all get equal shares
 * @param tokens how many tokens of which queues
 * @param span whether its ranks may be on several hosts
 */
record Need(int ranks, Map<String, Integer> tokens, Span span) {
  /** Whether ranks may be on several hosts. */
  enum Span {
    /** All on one, if there is a host that wide. */
    HOST,
    /** On as few as can be. */
    HOSTS
  }

  /** On one host. */
  Need(int ranks, Map<String, Integer> tokens) {
    this(ranks, tokens, Span.HOST);
  }

  /** What a folder holds where the ranks are shared out in some way. */
  static Need of(JobFolder folder, Sharing sharing) {
    int ranks = sharing instanceof Sharing.PerFolder each ? each.ranks().applyAsInt(folder) : 0;
    return new Need(
        ranks,
        folder.settings().tokens(),
        ranks > 1 && folder.settings().mpi() ? Span.HOSTS : Span.HOST);
  }

  /**
   * Whether it could have its ranks.
   *
   * @param free how many are free in all
   * @param onOneHost how many are free on the host that has the most
   * @param widestHost how many the widest host has, free or not
   */
  boolean fits(int free, int onOneHost, int widestHost) {
    return ranks <= onOneHost || (ranks <= free && (span == Span.HOSTS || ranks > widestHost));
  }

  /** As that of any record, but quick also where nothing is compiled yet. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Need need
            && ranks == need.ranks
            && span == need.span
            && tokens.equals(need.tokens));
  }

  @Override
  public int hashCode() {
    return 31 * ranks + tokens.hashCode();
  }

  boolean sharesAQueueWith(Need other) {
    return tokens.keySet().stream().anyMatch(other.tokens::containsKey);
  }
}
