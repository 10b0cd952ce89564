package org.jobfold.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Placement;

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
   * @param ranks the ranks that it gives back
   * @param end when; absent if nothing is known
   */
  record Held(Need need, Placement ranks, Optional<Duration> end) {}

  /** What there will be for a folder at the moment when it can start. */
  private record Start(Duration at, Room room, Tokens tokensLeft) {}

  /**
   * Whether a folder does not delay the first one.
   *
   * @param first what the first one needs
   * @param other what the other one needs
   * @param ranks the ranks that the other one would have
   * @param end when the other one is expected to end; absent if nothing is known
   * @param room ranks that are free now, those of the other one among them
   * @param freeTokens tokens that are free now
   */
  boolean isHarmless(
      Need first,
      Need other,
      Placement ranks,
      Optional<Duration> end,
      Room room,
      Tokens freeTokens) {
    if (hasRanksLeft(first, other, room.minus(ranks)) && !first.sharesAQueueWith(other)) {
      return true;
    }
    Optional<Start> start = start(first, room, freeTokens);
    return start.isPresent()
        && (end.filter(e -> e.compareTo(start.get().at()) <= 0).isPresent()
            || (start.get().room().minus(ranks).fits(first)
                && start.get().tokensLeft().cover(other)));
  }

  /**
   * Whether the ranks stay that the first one needs. Where it waits for GPUs, those are no business
   * of a folder that has none.
   */
  private boolean hasRanksLeft(Need first, Need other, Room left) {
    boolean gpusAreNoMatter = first.claim().gpus() > 0 && other.claim().gpus() == 0;
    Room room = gpusAreNoMatter ? left.plusGpus(running.stream().map(Held::ranks).toList()) : left;
    return room.fits(first);
  }

  /** When a folder can start if nothing else does; empty if that can not be said. */
  private Optional<Start> start(Need need, Room free, Tokens freeTokens) {
    Room room = free;
    Tokens tokens = new Tokens(freeTokens);
    List<Held> ending = new ArrayList<>(running);
    ending.removeIf(held -> held.end().isEmpty());
    ending.sort(Comparator.comparing(held -> held.end().orElseThrow()));
    for (Held held : ending) {
      room = room.plus(held.ranks());
      tokens.giveBack(held.need());
      if (room.fits(need) && tokens.cover(need)) {
        tokens.take(need);
        return Optional.of(new Start(held.end().orElseThrow(), room, tokens));
      }
    }
    return Optional.empty();
  }
}
