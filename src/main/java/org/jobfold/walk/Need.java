package org.jobfold.walk;

import java.util.Map;
import org.jobfold.comm.Capacity;
import org.jobfold.comm.Claim;
import org.jobfold.folder.JobFolder;

/**
 * What a trial holds while it runs. Folders with equal needs wait in one line.
 *
 * @param claim of the ranks and GPUs; of no ranks where all get equal shares
 * @param tokens how many tokens of which queues
 * @param span whether its ranks may be on several hosts
 */
record Need(Claim claim, Map<String, Integer> tokens, Span span) {
  private static final Claim SHARE = Claim.of(0);

  /** Whether ranks may be on several hosts. */
  enum Span {
    /** All on one, if there is a host that wide. */
    HOST,
    /** On as few as can be. */
    HOSTS
  }

  /** Ranks that are a process each, on one host. */
  Need(int ranks, Map<String, Integer> tokens) {
    this(ranks, tokens, Span.HOST);
  }

  /** Ranks that are a process each. */
  Need(int ranks, Map<String, Integer> tokens, Span span) {
    this(Claim.of(ranks), tokens, span);
  }

  /** What a folder holds where the ranks are shared out in some way. */
  static Need of(JobFolder folder, Sharing sharing) {
    Map<String, Integer> tokens = folder.settings().tokens();
    if (!(sharing instanceof Sharing.PerFolder asked)) {
      return new Need(SHARE, tokens, Span.HOST);
    }
    Claim claim = asked.claim(folder);
    Span span = claim.ranks() > claim.each() && folder.settings().mpi() ? Span.HOSTS : Span.HOST;
    return new Need(claim, tokens, span);
  }

  /** How many ranks; 0 where all get equal shares. */
  int ranks() {
    return claim.ranks();
  }

  /**
   * Whether it could have its ranks and GPUs.
   *
   * @param free the ranks that are free, and of use for it
   * @param widestHost how many ranks the widest host has, free or not
   */
  boolean fits(Capacity free, int widestHost) {
    int ranks = claim.ranks();
    return ranks <= free.onOneHost()
        || (ranks <= free.inAll() && (span == Span.HOSTS || ranks > widestHost));
  }

  /** As that of any record, but quick also where nothing is compiled yet. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Need need
            && claim.ranks() == need.claim.ranks()
            && claim.each() == need.claim.each()
            && claim.gpus() == need.claim.gpus()
            && span == need.span
            && tokens.equals(need.tokens));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * (31 * claim.ranks() + claim.each()) + claim.gpus()) + tokens.hashCode();
  }

  boolean sharesAQueueWith(Need other) {
    return tokens.keySet().stream().anyMatch(other.tokens::containsKey);
  }
}
