package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.allocation.Captured.nodes;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jobfold.comm.Host;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static Allocation of(List<Integer> cores) {
    return new Allocation(
        BatchSystem.SLURM,
        "1",
        IntStream.range(0, cores.size())
            .mapToObj(i -> Node.of("n" + (i + 1), cores.get(i), cores.get(i)))
            .toList(),
        Optional.empty());
  }

  @Test
  void ranksAreNumberedThroughTheHosts() {
    assertThat(of(List.of(2, 1)).placement().machineFile()).isEqualTo("n1\nn1\nn2\n");
    assertThat(of(List.of(2, 1)).placement().shares().get(1).ranks()).containsExactly(2);
  }

  @Test
  void anotherNumberOfRanksIsDealtByCores() {
    assertThat(nodes(of(List.of(4, 4)).withRanks(4))).isEqualTo("n1:2/4 n2:2/4");
    assertThat(nodes(of(List.of(4, 2)).withRanks(3))).isEqualTo("n1:2/4 n2:1/2");
    assertThat(nodes(of(List.of(4, 4)).withRanks(1))).isEqualTo("n1:1/4");
    assertThat(nodes(of(List.of(4, 4)).withRanks(16))).isEqualTo("n1:8/4 n2:8/4");
  }

  @Property
  void noneIsLostWhenTheyAreDealt(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 256) Integer> cores,
      @ForAll @IntRange(min = 1, max = 5000) int ranks) {
    assertThat(of(cores).withRanks(ranks).ranks()).isEqualTo(ranks);
    assertThat(of(cores).withRanks(ranks).placement().size()).isEqualTo(ranks);
  }

  @Test
  void aHostIsFoundWithOrWithoutItsDomain() {
    Allocation allocation =
        new Allocation(
            BatchSystem.PBS,
            "1",
            List.of(Node.of("c1.org", 1, 1), Node.of("c2", 1, 1)),
            Optional.empty());
    assertThat(allocation.find("c1")).contains(new Host("c1.org"));
    assertThat(allocation.find("c2.org")).contains(new Host("c2"));
    assertThat(allocation.find("c3")).isEmpty();
  }
}
