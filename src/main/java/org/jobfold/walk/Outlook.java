package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a folder may go before another one that comes first and can not start yet: only if that
 * one is not delayed by it. That is judged by when the running trials are expected to end. The way
 * is that of EASY backfilling (Lifka 1995).
 *
 * @param now the time
 * @param running what runs, with what it holds, and when it is expected to end
 */
record Outlook(Duration now, List<Held> running) {
  /**
   * What a running trial holds.
   *
   * @param need what it gives back
   * @param ranks how many ranks it gives back
   * @param end when; absent if nothing is known
   */
  record Held(Need need, int ranks, Optional<Duration> end) {}

  /** What there will be for a folder at the moment when it can start. */
  private record Start(Duration at, int ranksLeft, Tokens tokensLeft) {}

  /**
   * Whether a folder does not delay the first one.
   *
   * @param first what the first one needs
   * @param other what the other one needs
   * @param end when the other one is expected to end; absent if nothing is known
   * @param freeRanks ranks that are free now
   * @param freeTokens tokens that are free now
   */
  boolean isHarmless(
      Need first, Need other, Optional<Duration> end, int freeRanks, Tokens freeTokens) {
    boolean ranksAreThere = freeRanks - other.ranks() >= first.ranks();
    if (ranksAreThere && !first.sharesAQueueWith(other)) {
      return true;
    }
    Optional<Start> start = start(first, freeRanks, freeTokens);
    return start.isPresent()
        && (end.filter(e -> e.compareTo(start.get().at()) <= 0).isPresent()
            || (start.get().ranksLeft() >= other.ranks() && start.get().tokensLeft().cover(other)));
  }

  /** When a folder can start if nothing else does; empty if that can not be said. */
  private Optional<Start> start(Need need, int freeRanks, Tokens freeTokens) {
    int ranks = freeRanks;
    Tokens tokens = new Tokens(freeTokens);
    List<Held> ending = new ArrayList<>(running);
    ending.removeIf(held -> held.end().isEmpty());
    ending.sort(Comparator.comparing(held -> held.end().orElseThrow()));
    for (Held held : ending) {
      ranks += held.ranks();
      tokens.giveBack(held.need());
      if (ranks >= need.ranks() && tokens.cover(need)) {
        tokens.take(need);
        return Optional.of(new Start(held.end().orElseThrow(), ranks - need.ranks(), tokens));
      }
    }
    return Optional.empty();
  }
}
