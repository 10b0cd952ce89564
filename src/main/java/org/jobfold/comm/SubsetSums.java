package org.jobfold.comm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For every total up to a limit, the fewest items whose sizes add up to it exactly. Immutable.
 *
 * <p>Exact, by dynamic programming over the totals: one pass for each kind, in which a queue of
 * minima makes the count of the kind irrelevant to the time (Pferschy, <i>Dynamic programming
 * revisited: improving knapsack algorithms</i>, 1999). Time and memory grow with limit × kinds,
 * about 5 ns and 4 bytes for each.
 */
public final class SubsetSums {
  private static final int NEVER = Integer.MAX_VALUE;

  private final List<Kind> kinds;
  private final int[] fewest;
  private final int[][] takes;

  /**
   * Items of one size.
   *
   * @param size at least 1
   * @param count how many there are, at least 0
   */
  public record Kind(int size, int count) {
    /** Refuses a size below 1 and a negative count. */
    public Kind {
      if (size < 1 || count < 0) {
        throw new IllegalArgumentException(
            count + " items of size " + size + ": a size is at least 1, a count at least 0");
      }
    }
  }

  private SubsetSums(List<Kind> kinds, int[] fewest, int[][] takes) {
    this.kinds = kinds;
    this.fewest = fewest;
    this.takes = takes;
  }

  /**
   * Works out all totals from 0 to a limit.
   *
   * @param limit the greatest total of interest, at least 0
   * @param kinds what there is; of several ways to a total with equally few items, the one with
   *     most of the first kind is taken, then of the second, and so on
   */
  public static SubsetSums upTo(int limit, List<Kind> kinds) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of " + limit + ": it is at least 0");
    }
    int[] fewest = new int[limit + 1];
    Arrays.fill(fewest, 1, limit + 1, NEVER);
    int[][] takes = new int[kinds.size()][];
    for (int kind = kinds.size() - 1; kind >= 0; kind--) {
      takes[kind] = new int[limit + 1];
      fewest = with(kinds.get(kind), fewest, takes[kind]);
    }
    return new SubsetSums(List.copyOf(kinds), fewest, takes);
  }

  /** Whether some items, at most so many, add up to this total; the total is within the limit. */
  public boolean reaches(int total, int items) {
    return fewest[total] <= items && fewest[total] != NEVER;
  }

  /**
   * How many of each kind, in their order, add up to this total with the fewest items.
   *
   * @throws IllegalArgumentException if no items add up to it
   */
  public List<Integer> counts(int total) {
    if (fewest[total] == NEVER) {
      throw new IllegalArgumentException(
          "no items add up to " + total + ": ask whether a total is reached first");
    }
    List<Integer> counts = new ArrayList<>();
    int left = total;
    for (int kind = 0; kind < takes.length; kind++) {
      int count = takes[kind][left];
      counts.add(count);
      left -= count * kinds.get(kind).size();
    }
    return counts;
  }

  /**
   * The fewest items when this kind may be used too. Totals that leave the same remainder when
   * divided by the kind's size are a row of steps; {@code step - from} items of the kind lead from
   * one to another, so the best of the last {@code count} steps is the least {@code fewest - from}.
   */
  private static int[] with(Kind kind, int[] without, int[] take) {
    int limit = without.length - 1;
    int size = kind.size();
    int[] fewest = new int[limit + 1];
    int[] queue = new int[limit / size + 1];
    for (int remainder = 0; remainder < size && remainder <= limit; remainder++) {
      int head = 0;
      int tail = 0;
      for (int step = 0, total = remainder; ; step++, total += size) {
        if (without[total] != NEVER) {
          int rank = without[total] - step;
          while (tail > head
              && without[remainder + queue[tail - 1] * size] - queue[tail - 1] > rank) {
            tail--;
          }
          queue[tail++] = step;
        }
        if (tail > head && step - queue[head] > kind.count()) {
          head++;
        }
        if (tail > head) {
          take[total] = step - queue[head];
          fewest[total] = without[remainder + queue[head] * size] + take[total];
        } else {
          fewest[total] = NEVER;
        }
        if (total > limit - size) {
          break;
        }
      }
    }
    return fewest;
  }
}
