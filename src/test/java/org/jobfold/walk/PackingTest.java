package org.jobfold.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.jobfold.walk.Packing.Size;
import org.junit.jupiter.api.Test;

class PackingTest {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void aFolderThatFitsExactlyGoesFirst() {
    assertThat(Packing.best(8, NO_LIMIT, List.of(new Size(4, 9), new Size(8, 1), new Size(2, 9))))
        .containsExactly(new Size(8, 1));
  }

  @Test
  void theFullestPackingIsTaken() {
    assertThat(Packing.best(10, NO_LIMIT, List.of(new Size(7, 1), new Size(4, 1), new Size(6, 1))))
        .containsExactly(new Size(4, 1), new Size(6, 1));
  }

  @Test
  void ofEquallyFullPackingsTheOneWithFewestFoldersIsTaken() {
    assertThat(Packing.best(12, NO_LIMIT, List.of(new Size(1, 99), new Size(4, 9), new Size(6, 9))))
        .containsExactly(new Size(6, 2));
  }

  @Test
  void ofEquallyFewFoldersTheFirstByNameAreTaken() {
    assertThat(
            Packing.best(
                6,
                NO_LIMIT,
                List.of(new Size(2, 1), new Size(5, 1), new Size(4, 1), new Size(1, 1))))
        .containsExactly(new Size(2, 1), new Size(4, 1));
    assertThat(
            Packing.best(
                6,
                NO_LIMIT,
                List.of(new Size(5, 1), new Size(2, 1), new Size(4, 1), new Size(1, 1))))
        .containsExactly(new Size(5, 1), new Size(1, 1));
  }

  @Test
  void noMoreFoldersStartThanMay() {
    assertThat(Packing.best(10, 2, List.of(new Size(2, 9), new Size(3, 9))))
        .containsExactly(new Size(3, 2));
    assertThat(Packing.best(10, 1, List.of(new Size(2, 9), new Size(3, 9))))
        .containsExactly(new Size(3, 1));
  }

  @Test
  void noMoreFoldersStartThanWait() {
    assertThat(Packing.best(100, NO_LIMIT, List.of(new Size(3, 2), new Size(7, 1))))
        .containsExactly(new Size(3, 2), new Size(7, 1));
  }

  @Test
  void ofOneSizeAsManyStartAsFit() {
    assertThat(Packing.best(10, NO_LIMIT, List.of(new Size(3, 1_000_000))))
        .containsExactly(new Size(3, 3));
    assertThat(Packing.best(10, 2, List.of(new Size(3, 1_000_000))))
        .containsExactly(new Size(3, 2));
  }

  @Test
  void whatIsTooWideWaits() {
    assertThat(Packing.best(3, NO_LIMIT, List.of(new Size(4, 1)))).isEmpty();
    assertThat(Packing.best(3, NO_LIMIT, List.of(new Size(4, 1), new Size(2, 1))))
        .containsExactly(new Size(2, 1));
  }

  @Test
  void nothingStartsOnNothing() {
    assertThat(Packing.best(0, 5, List.of(new Size(1, 1)))).isEmpty();
    assertThat(Packing.best(5, 0, List.of(new Size(1, 1)))).isEmpty();
    assertThat(Packing.best(5, 5, List.of())).isEmpty();
  }

  @Test
  void aMillionFoldersOfFiftySizesFillFourThousandRanks() {
    List<Size> waiting =
        IntStream.rangeClosed(1, 50).mapToObj(i -> new Size(6 * i + 1, 1_000_000)).toList();

    List<Size> started = Packing.best(4096, NO_LIMIT, waiting);

    assertThat(ranks(started)).isEqualTo(4096);
    assertThat(folders(started)).isEqualTo(16);
  }

  @Test
  void whereASearchWouldBeTooLargeTheWidestGoFirstAndAllIsFilled() {
    List<Size> waiting =
        IntStream.rangeClosed(1, 50).mapToObj(i -> new Size(6 * i + 1, 1_000_000)).toList();

    List<Size> started = Packing.best(1_280_000, NO_LIMIT, waiting);

    assertThat(ranks(started)).isEqualTo(1_280_000);
    assertThat(folders(started)).isLessThan(1_280_000 / 301 + 10);
  }

  @Test
  void whenFewFoldersMayStartTheWidestThatAddUpDo() {
    List<Size> waiting =
        IntStream.rangeClosed(1, 50).mapToObj(i -> new Size(6 * i + 1, 1_000_000)).toList();

    assertThat(Packing.best(1_280_000, 8, waiting)).containsExactly(new Size(301, 8));
  }

  @Test
  void nothingIsSearchedWhereNothingMoreFits() {
    List<Size> waiting = IntStream.range(0, 50).mapToObj(i -> new Size(700_000 + i, 1)).toList();

    assertThat(Packing.best(1_280_000, NO_LIMIT, waiting)).containsExactly(new Size(700_049, 1));
  }

  @Test
  void wholeHostsOfAWideWorldAreFilledExactly() {
    List<Size> waiting =
        IntStream.rangeClosed(2, 51).mapToObj(i -> new Size(128 * i, 1_000_000)).toList();

    assertThat(ranks(Packing.best(1_280_000, NO_LIMIT, waiting))).isEqualTo(1_280_000);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Size(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Size(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Packing.best(-1, 1, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Packing.best(1, -1, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Packing.best(9, 9, List.of(new Size(2, 1), new Size(2, 3))))
        .withMessage("folders of 2 ranks come twice: give their count in one size");
  }

  private static int ranks(List<Size> sizes) {
    return sizes.stream().mapToInt(s -> s.ranks() * s.count()).sum();
  }

  private static int folders(List<Size> sizes) {
    return sizes.stream().mapToInt(Size::count).sum();
  }
}
