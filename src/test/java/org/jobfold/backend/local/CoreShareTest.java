package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoreShareTest {
  @Test
  void eachRankHasAsManyCores() {
    CoreShare share = new CoreShare(4, 2, 4);
    assertThat(share.of(List.of(4), List.of(8, 9, 10, 11))).containsExactly(8, 9);
    assertThat(share.of(List.of(5), List.of(8, 9, 10, 11))).containsExactly(10, 11);
    assertThat(share.of(List.of(4, 5), List.of(0, 4, 1, 5))).containsExactly(0, 1, 4, 5);
  }

  @Test
  void nothingIsSaidOfCoresThatMayBeAnotherJobs() {
    assertThat(new CoreShare(0, 2, 4).of(List.of(0), List.of(0, 1, 2, 3, 4, 5, 6, 7))).isEmpty();
    assertThat(new CoreShare(0, 2, 4).of(List.of(0), List.of(0, 1))).isEmpty();
    assertThat(new CoreShare(0, 8, 4).of(List.of(7), List.of(0, 1, 2, 3))).isEmpty();
  }

  @Property
  void noCoreIsTwoRanks(
      @ForAll @IntRange(min = 1, max = 64) int ranks,
      @ForAll @IntRange(min = 1, max = 5) int each,
      @ForAll @IntRange(max = 4) int more,
      @ForAll @IntRange(max = 1000) int first) {
    List<Integer> allowed = IntStream.range(0, ranks * each + more % ranks).boxed().toList();
    CoreShare share = new CoreShare(first, ranks, allowed.size());
    List<Integer> given = new ArrayList<>();
    for (int rank = first; rank < first + ranks; rank++) {
      given.addAll(share.of(List.of(rank), allowed));
    }
    assertThat(given).hasSize(ranks * each).doesNotHaveDuplicates();
  }
}
