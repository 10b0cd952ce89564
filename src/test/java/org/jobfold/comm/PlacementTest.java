package org.jobfold.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jobfold.comm.Placement.Share;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Host A = new Host("a");
  private static final Host B = new Host("b");

  @Test
  void aMachineFileHasALineForEachRank() {
    Placement placement =
        new Placement(List.of(new Share(A, List.of(0, 1)), new Share(B, List.of(2))));

    assertThat(placement.machineFile()).isEqualTo("a\na\nb\n");
    assertThat(placement.size()).isEqualTo(3);
    assertThat(placement.hosts()).containsExactly(A, B);
  }

  @Test
  void aHostWithoutRanksIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(A, List.of()))
        .withMessage("host 'a' has no ranks: leave out a host that has none");
  }

  @Test
  void ranksThatDoNotAscendAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(A, List.of(1, 1)))
        .withMessageContaining("host 'a' has rank 1 after 1");
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(A, List.of(-1)));
  }

  @Test
  void aHostTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Placement(List.of(new Share(A, List.of(0)), new Share(A, List.of(1)))))
        .withMessageContaining("host 'a' comes twice");
  }

  @Test
  void aRankOnTwoHostsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Placement(List.of(new Share(A, List.of(0, 3)), new Share(B, List.of(1, 3)))))
        .withMessageContaining("rank 3 is on two hosts");
  }
}
