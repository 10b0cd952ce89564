package org.jobfold.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks of several cores and GPUs: which hosts they are taken from. */
class ClaimTest {
  @Test
  void theRanksOfAProcessAreOnOneHost() {
    assertThat(lent(world("a 3", "b 3"), new Claim(4, 2, 0))).isEqualTo("a 0,1 b 3,4");
    assertThat(lent(world("a 3", "b 4"), new Claim(4, 2, 0))).isEqualTo("b 3,4,5,6");
    assertThat(lent(world("a 1", "b 1", "c 2"), new Claim(2, 2, 0))).isEqualTo("c 2,3");
  }

  @Test
  void aHostWithoutEnoughGpusIsOfNoUse() {
    Communicator world = world("a 4", "b 4 x", "c 4 x y");
    assertThat(lent(world, new Claim(1, 1, 2))).isEqualTo("c 8 [x, y]");
    assertThat(lent(world, new Claim(1, 1, 1))).isEqualTo("b 4 [x]");
    assertThat(world.capacity(new Claim(1, 1, 1))).isEqualTo(Capacity.NONE);
    assertThatThrownBy(() -> world.lend(new Claim(1, 1, 1))).isInstanceOf(MpiSizeException.class);
    assertThat(lent(world, new Claim(4, 1, 0))).isEqualTo("a 0,1,2,3");
  }

  @Test
  void eachHostGivesItsGpus() {
    assertThat(lent(world("a 2 p q", "b 2 r s t"), new Claim(4, 1, 2)))
        .isEqualTo("a 0,1 [p, q] b 2,3 [r, s]");
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 0", "2, 0, 0", "3, 2, 0", "1, 1, -1"})
  void whatCanNotBeIsRefused(int ranks, int each, int gpus) {
    assertThatThrownBy(() -> new Claim(ranks, each, gpus))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theyComeBackWithTheRanks() {
    Communicator world = world("a 4 x y");
    Placement all = world.placement();
    Communicator one = world.lend(new Claim(2, 2, 1));
    assertThat(world.gpus()).containsOnly(entry(new Host("a"), 1));
    Communicator other = world.lend(new Claim(1, 1, 1));
    assertThat(world.gpus()).isEmpty();
    one.release();
    assertThat(lent(world, new Claim(1, 1, 1))).isEqualTo("a 0 [x]");
    other.release();
    assertThat(world.size()).isEqualTo(3);
    Communicator everything = world("a 4 x y").lendAll();
    assertThat(everything.placement()).isEqualTo(all);
  }

  @Test
  void theyAreLostWithTheLastRankOfTheirHost() {
    Communicator world = world("a 2 x", "b 1 y");
    world.lose(List.of(0));
    assertThat(world.gpus()).hasSize(2);
    world.lose(List.of(1));
    assertThat(world.gpus().keySet()).containsExactly(new Host("b"));
  }

  @Test
  void aMachineFileHasALineForEachProcess() {
    Placement placement = world("a 4", "b 2").lend(new Claim(6, 2, 0)).placement();
    assertThat(placement.machineFile()).isEqualTo("a\na\nb\n");
    assertThat(placement.processes()).isEqualTo(3);
    assertThat(placement.shares().get(0).leaders()).containsExactly(0, 2);
  }

  /** Hosts as {@code "a 4 x y"}: four ranks, GPUs x and y. */
  private static Communicator world(String... hosts) {
    List<Placement.Share> shares = new ArrayList<>();
    int next = 0;
    for (String host : hosts) {
      List<String> words = List.of(host.split(" "));
      int ranks = Integer.parseInt(words.get(1));
      shares.add(
          new Placement.Share(
              new Host(words.get(0)),
              IntStream.range(next, next + ranks).boxed().toList(),
              1,
              words.subList(2, words.size())));
      next += ranks;
    }
    return Communicator.world(new Placement(shares));
  }

  private static String lent(Communicator from, Claim claim) {
    return from.lend(claim).placement().shares().stream()
        .map(
            share ->
                share.host()
                    + " "
                    + share.ranks().stream().map(String::valueOf).collect(Collectors.joining(","))
                    + (share.gpus().isEmpty() ? "" : " " + share.gpus()))
        .collect(Collectors.joining(" "));
  }
}
