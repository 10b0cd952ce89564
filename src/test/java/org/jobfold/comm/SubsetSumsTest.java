package org.jobfold.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.jobfold.comm.SubsetSums.Kind;
import org.junit.jupiter.api.Test;

class SubsetSumsTest {
  @Test
  void reachesWhatAddsUpAndNothingElse() {
    SubsetSums sums = SubsetSums.upTo(20, List.of(new Kind(6, 2), new Kind(4, 1)));

    assertThat(IntStream.rangeClosed(0, 20).filter(t -> sums.reaches(t, 9)))
        .containsExactly(0, 4, 6, 10, 12, 16);
  }

  @Test
  void nothingAddsUpToZero() {
    SubsetSums sums = SubsetSums.upTo(0, List.of(new Kind(3, 1)));

    assertThat(sums.reaches(0, 0)).isTrue();
    assertThat(sums.counts(0)).containsExactly(0);
  }

  @Test
  void reachesWithTheFewestItems() {
    SubsetSums sums = SubsetSums.upTo(6, List.of(new Kind(1, 6), new Kind(4, 1), new Kind(3, 2)));

    assertThat(sums.reaches(6, 1)).isFalse();
    assertThat(sums.reaches(6, 2)).isTrue();
    assertThat(sums.counts(6)).containsExactly(0, 0, 2);
  }

  @Test
  void ofEquallyFewTheFirstKindsAreTaken() {
    List<Kind> narrowFirst =
        List.of(new Kind(1, 1), new Kind(5, 1), new Kind(2, 1), new Kind(4, 1));
    List<Kind> middleFirst =
        List.of(new Kind(2, 1), new Kind(4, 1), new Kind(1, 1), new Kind(5, 1));

    assertThat(SubsetSums.upTo(6, narrowFirst).counts(6)).containsExactly(1, 1, 0, 0);
    assertThat(SubsetSums.upTo(6, middleFirst).counts(6)).containsExactly(1, 1, 0, 0);
  }

  @Test
  void aMillionItemsOfAKindCostNoMoreThanThoseThatFit() {
    SubsetSums sums = SubsetSums.upTo(10, List.of(new Kind(3, 1_000_000), new Kind(20, 5)));

    assertThat(sums.counts(9)).containsExactly(3, 0);
    assertThat(sums.reaches(10, 99)).isFalse();
  }

  @Test
  void aTotalThatIsNotReachedHasNoCounts() {
    SubsetSums sums = SubsetSums.upTo(5, List.of(new Kind(2, 9)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.counts(5))
        .withMessageContaining("no items add up to 5");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Kind(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Kind(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> SubsetSums.upTo(-1, List.of()));
  }
}
