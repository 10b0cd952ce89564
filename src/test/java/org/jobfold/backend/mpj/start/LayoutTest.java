package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void withoutASizeEachPlaceHasARank() {
    assertThat(Layout.of(List.of("a", "b", "a"), OptionalInt.empty()))
        .containsExactly(new HostRanks("a", List.of(0, 1)), new HostRanks("b", List.of(2)));
  }

  @Test
  void ranksAreSpreadEvenly() {
    assertThat(Layout.of(List.of("a", "b"), OptionalInt.of(5)))
        .containsExactly(new HostRanks("a", List.of(0, 1, 2)), new HostRanks("b", List.of(3, 4)));
  }

  @Test
  void aHostOfMorePlacesGetsMore() {
    assertThat(Layout.of(List.of("a", "b", "b", "b"), OptionalInt.of(4)))
        .containsExactly(new HostRanks("a", List.of(0)), new HostRanks("b", List.of(1, 2, 3)));
  }

  @Property
  void eachRankIsOnOneHostAndInOrder(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(max = 4) Integer> hosts,
      @ForAll @IntRange(min = 1, max = 40) int size) {
    List<Integer> ranks =
        Layout.of(hosts.stream().map(host -> "h" + host).toList(), OptionalInt.of(size)).stream()
            .flatMap(host -> host.ranks().stream())
            .toList();

    assertThat(ranks).isEqualTo(IntStream.range(0, size).boxed().toList());
  }
}
