package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jobfold.walk.Packing.Size;

class PackingProperties {
  @Property(tries = 10_000)
  void neverMoreThanIsFreeOrMayStartOrWaits(
      @ForAll @IntRange(max = 300) int freeRanks,
      @ForAll @IntRange(max = 100) int maxFolders,
      @ForAll("wide") List<Size> waiting) {
    List<Size> started = Packing.best(freeRanks, maxFolders, waiting);

    assertThat(started.stream().mapToLong(s -> (long) s.ranks() * s.count()).sum())
        .isLessThanOrEqualTo(freeRanks);
    assertThat(started.stream().mapToLong(Size::count).sum()).isLessThanOrEqualTo(maxFolders);
    assertThat(started)
        .allSatisfy(
            s ->
                assertThat(waiting)
                    .anyMatch(w -> w.ranks() == s.ranks() && w.count() >= s.count()));
  }

  @Property(tries = 2_000)
  void asGoodAsTryingEverything(
      @ForAll @IntRange(max = 25) int freeRanks,
      @ForAll @IntRange(max = 8) int maxFolders,
      @ForAll("narrow") List<Size> waiting) {
    List<Size> started = Packing.best(freeRanks, maxFolders, waiting);

    assertThat(started).isEqualTo(sizes(bruteForce(freeRanks, maxFolders, waiting), waiting));
    assertThat(Packing.best(freeRanks, maxFolders, waiting)).isEqualTo(started);
  }

  @Provide
  Arbitrary<List<Size>> wide() {
    return waiting(80, 1_000_000, 12);
  }

  @Provide
  Arbitrary<List<Size>> narrow() {
    return waiting(12, 4, 4);
  }

  private static Arbitrary<List<Size>> waiting(int ranks, int folders, int sizes) {
    return Combinators.combine(
            Arbitraries.integers().between(1, ranks), Arbitraries.integers().between(1, folders))
        .as(Size::new)
        .list()
        .uniqueElements(Size::ranks)
        .ofMaxSize(sizes);
  }

  /** Fullest, then fewest folders, then most of the first size, of the second, and so on. */
  private static int[] bruteForce(int freeRanks, int maxFolders, List<Size> waiting) {
    int[] best = new int[waiting.size()];
    for (int[] counts : everyWay(waiting)) {
      if (ranks(counts, waiting) <= freeRanks
          && Arrays.stream(counts).sum() <= maxFolders
          && Arrays.compare(merit(counts, waiting), merit(best, waiting)) > 0) {
        best = counts;
      }
    }
    return best;
  }

  private static int[] merit(int[] counts, List<Size> waiting) {
    int[] merit = new int[counts.length + 2];
    merit[0] = ranks(counts, waiting);
    merit[1] = -Arrays.stream(counts).sum();
    System.arraycopy(counts, 0, merit, 2, counts.length);
    return merit;
  }

  private static List<int[]> everyWay(List<Size> waiting) {
    List<int[]> ways = new ArrayList<>();
    ways.add(new int[waiting.size()]);
    for (int i = 0; i < waiting.size(); i++) {
      List<int[]> more = new ArrayList<>();
      for (int[] way : ways) {
        for (int count = 0; count <= waiting.get(i).count(); count++) {
          int[] other = way.clone();
          other[i] = count;
          more.add(other);
        }
      }
      ways = more;
    }
    return ways;
  }

  private static int ranks(int[] counts, List<Size> waiting) {
    int ranks = 0;
    for (int i = 0; i < counts.length; i++) {
      ranks += counts[i] * waiting.get(i).ranks();
    }
    return ranks;
  }

  private static List<Size> sizes(int[] counts, List<Size> waiting) {
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        sizes.add(new Size(waiting.get(i).ranks(), counts[i]));
      }
    }
    return sizes;
  }
}
