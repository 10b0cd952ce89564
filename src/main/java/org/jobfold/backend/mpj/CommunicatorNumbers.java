package org.jobfold.backend.mpj;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Which communicators the ranks keep: of each set of ranks one, and of many sets those used last.
 * The lead alone decides, and tells all ranks of one, since one that made a communicator anew while
 * another still has the old one would wait for ever.
 */
final class CommunicatorNumbers {
  private final int kept;
  private final BiConsumer<Integer, Long> drop;
  private final Map<List<Integer>, Long> numbers = new LinkedHashMap<>(16, 0.75f, true);
  private long next;

  /**
   * None yet.
   *
   * @param kept how many are kept
   * @param drop tells a rank that a number is not used any more
   */
  CommunicatorNumbers(int kept, BiConsumer<Integer, Long> drop) {
    this.kept = kept;
    this.drop = drop;
  }

  /** The number for these ranks in this order, which may be a new one. */
  long of(List<Integer> ranks) {
    Long known = numbers.get(ranks);
    if (known != null) {
      return known;
    }
    numbers.put(List.copyOf(ranks), ++next);
    if (numbers.size() > kept) {
      forget(new ArrayList<>(numbers.keySet()).get(0));
    }
    return next;
  }

  /** The next time, these ranks get a new one: something of the old one may still be under way. */
  void forget(List<Integer> ranks) {
    if (numbers.containsKey(ranks)) {
      long number = Objects.requireNonNull(numbers.remove(ranks));
      ranks.forEach(rank -> drop.accept(rank, number));
    }
  }
}
