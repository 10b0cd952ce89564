package org.jobfold.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jobfold.comm.SubsetSums;

/**
 * Which folders fill the free ranks best. Folders that ask for equally many ranks are alike here,
 * so the answer is how many of each size.
 *
 * <p>It never decides when to hold ranks back for a wide folder: offer only what may start.
 */
public final class Packing {
  /** Ranks × sizes up to which the search is exact: about 20 ms and 8 MB. */
  private static final long CELLS = 1 << 21;

  private Packing() {}

  /**
   * Folders that ask for equally many ranks.
   *
   * @param ranks how many ranks each asks for, at least 1
   * @param count how many folders, at least 1
   */
  public record Size(int ranks, int count) {
    /** Refuses less than 1. */
    public Size {
      if (ranks < 1 || count < 1) {
        throw new IllegalArgumentException(
            count + " folders of " + ranks + " ranks: both must be at least 1");
      }
    }
  }

  /**
   * The folders to start now: as many ranks in all as fit, and of all ways to that total the one
   * with the fewest folders; of several, the one with most folders of the first size, then of the
   * second, and so on. So one folder that fits exactly goes before several that do.
   *
   * <p>Exact up to 2 million ranks × sizes: the ranks that so many folders can fill at most, in
   * units of the sizes' greatest common divisor. Beyond, the widest folders are taken first, until
   * the rest can be searched exactly.
   *
   * @param freeRanks how many ranks there are, at least 0
   * @param maxFolders how many folders may start, at least 0
   * @param waiting the sizes, each once, in order of the name of their first folder
   * @return how many of each size start, in the order of {@code waiting}, sizes with none left out;
   *     their ranks together are never more than {@code freeRanks}
   */
  public static List<Size> best(int freeRanks, int maxFolders, List<Size> waiting) {
    refuse(freeRanks, maxFolders, waiting);
    if (waiting.size() == 1) {
      return alike(freeRanks, maxFolders, waiting.get(0));
    }
    List<Size> fitting = waiting.stream().filter(s -> s.ranks() <= freeRanks).toList();
    if (fitting.isEmpty() || maxFolders == 0) {
      return List.of();
    }
    if (fitting.size() == 1) {
      return alike(freeRanks, maxFolders, fitting.get(0));
    }
    if (fitting.stream().anyMatch(s -> s.ranks() == freeRanks)) {
      return List.of(new Size(freeRanks, 1));
    }
    int[] counts = search(Math.min(freeRanks, widest(maxFolders, fitting)), maxFolders, fitting);
    return IntStream.range(0, counts.length)
        .filter(i -> counts[i] > 0)
        .mapToObj(i -> new Size(fitting.get(i).ranks(), counts[i]))
        .toList();
  }

  private static List<Size> alike(int freeRanks, int maxFolders, Size only) {
    int count = Math.min(Math.min(only.count(), maxFolders), freeRanks / only.ranks());
    return count == 0 ? List.of() : List.of(new Size(only.ranks(), count));
  }

  private static void refuse(int freeRanks, int maxFolders, List<Size> waiting) {
    if (freeRanks < 0 || maxFolders < 0) {
      throw new IllegalArgumentException(
          freeRanks + " free ranks for " + maxFolders + " folders: neither can be negative");
    }
    if (waiting.size() == 1) {
      return;
    }
    Set<Integer> seen = new HashSet<>();
    for (Size size : waiting) {
      if (!seen.add(size.ranks())) {
        throw new IllegalArgumentException(
            "folders of " + size.ranks() + " ranks come twice: give their count in one size");
      }
    }
  }

  /** How many ranks so many of the widest folders ask for together. */
  private static int widest(int folders, List<Size> sizes) {
    long ranks = 0;
    int left = folders;
    for (int i : widestFirst(sizes)) {
      int count = Math.min(left, sizes.get(i).count());
      ranks += (long) count * sizes.get(i).ranks();
      left -= count;
    }
    return (int) Math.min(ranks, Integer.MAX_VALUE);
  }

  private static int[] search(int maxRanks, int maxFolders, List<Size> sizes) {
    int unit = sizes.stream().mapToInt(Size::ranks).reduce(0, Packing::gcd);
    int[] counts = new int[sizes.size()];
    int limit = maxRanks / unit;
    int folders = maxFolders;
    long exact = CELLS / sizes.size();
    for (int i : widestFirst(sizes)) {
      if (limit <= exact) {
        break;
      }
      int width = sizes.get(i).ranks() / unit;
      long enough = (limit - exact - 1) / width + 1;
      counts[i] =
          (int) Math.min(Math.min(enough, limit / width), Math.min(folders, sizes.get(i).count()));
      limit -= counts[i] * width;
      folders -= counts[i];
    }
    if (limit > exact) {
      return counts; // all that fit are taken
    }
    List<SubsetSums.Kind> kinds = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      Size size = sizes.get(i);
      kinds.add(new SubsetSums.Kind(size.ranks() / unit, size.count() - counts[i]));
    }
    SubsetSums sums = SubsetSums.upTo(limit, kinds);
    int total = limit;
    while (!sums.reaches(total, folders)) {
      total--;
    }
    List<Integer> more = sums.counts(total);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more.get(i);
    }
    return counts;
  }

  private static List<Integer> widestFirst(List<Size> sizes) {
    return IntStream.range(0, sizes.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> sizes.get(i).ranks()).reversed())
        .toList();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
