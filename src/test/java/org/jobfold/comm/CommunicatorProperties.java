package org.jobfold.comm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CommunicatorProperties {
  enum Verb {
    LEND,
    LEND_ALL,
    SPLIT,
    SPLIT_BY_HOST,
    LEND_HOST,
    LOSE,
    ACQUIRE,
    ACQUIRE_SOME,
    USE_MACHINE_FILE,
    RELEASE
  }

  /** Something done to one of the communicators; numbers are taken modulo what there is. */
  record Move(Verb verb, int subject, int object, int amount) {
    /** The ranks that a loss is of. */
    Set<Integer> lost() {
      return verb == Verb.LOSE ? Set.of(amount, amount + 1 + object % 5) : Set.of();
    }

    /** Does it where it is allowed; a refusal is an answer too. */
    void on(List<Communicator> all) {
      Communicator one = all.get(subject % all.size());
      Communicator other = all.get(object % all.size());
      try {
        switch (verb) {
          case LEND -> all.add(one.lend(amount));
          case LEND_ALL -> all.add(one.lendAll());
          case SPLIT -> all.addAll(one.split(amount));
          case SPLIT_BY_HOST -> all.addAll(one.splitByHost(amount));
          case LEND_HOST -> all.add(one.lend(new Host("n" + object % 7)));
          case LOSE -> one.lose(lost());
          case ACQUIRE -> one.acquire(other);
          case ACQUIRE_SOME -> one.acquire(other, amount);
          case USE_MACHINE_FILE -> assertThat(one.useMachineFile()).isNotEmpty();
          case RELEASE -> one.release();
        }
      } catch (MpiSizeException | IllegalArgumentException | IllegalStateException refused) {
        assertThat(refused).hasMessageContaining(": ");
      }
    }
  }

  @Property
  void noRankIsLostOrSharedAndAllComeBack(
      @ForAll("allocations") int[] hosts,
      @ForAll("moves") List<Move> moves,
      @ForAll Random orderOfRelease) {
    Placement allocation = Allocations.hosts(hosts);
    Communicator world = Communicator.world(allocation);
    List<Communicator> all = new ArrayList<>(List.of(world));

    Set<Integer> lost = new HashSet<>();
    Set<Integer> gone = new HashSet<>();
    for (Move move : moves) {
      move.on(all);
      lost.addAll(move.lost());

      List<Integer> owned = all.stream().flatMap(c -> ranks(c).stream()).sorted().toList();
      assertThat(owned).doesNotHaveDuplicates();
      assertThat(Collections.disjoint(owned, gone)).as("what is gone stays so").isTrue();
      gone = new HashSet<>(IntStream.range(0, allocation.size()).boxed().toList());
      gone.removeAll(owned);
      assertThat(lost).as("nothing is gone but what was lost").containsAll(gone);
      assertThat(all).allSatisfy(c -> assertThat(c.size()).isEqualTo(c.placement().size()));
    }

    Collections.shuffle(all, orderOfRelease);
    all.forEach(Communicator::release);
    List<Integer> left = new ArrayList<>(ranks(Communicator.world(allocation)));
    left.removeAll(lost);
    assertThat(ranks(world)).isEqualTo(left);
    assertThat(world.widest())
        .isEqualTo(
            world.placement().shares().stream().mapToInt(s -> s.ranks().size()).max().orElse(0));
  }

  @Property
  void lendTakesTheFewestHostsAndLeavesTheFewestRanksBehind(
      @ForAll("allocations") int[] hosts, @ForAll @IntRange(min = 1, max = 60) int amount) {
    Placement before = Allocations.hosts(hosts);
    int wanted = Math.min(amount, before.size());

    Placement lent = Communicator.world(before).lend(wanted).placement();

    int[] best = bruteForce(hosts, wanted);
    int onThoseHosts =
        before.shares().stream()
            .filter(s -> lent.hosts().contains(s.host()))
            .mapToInt(s -> s.ranks().size())
            .sum();
    assertThat(lent.size()).isEqualTo(wanted);
    assertThat(lent.shares()).hasSize(best[0]);
    assertThat(onThoseHosts - wanted).isEqualTo(best[1]);
    assertThat(lent.shares().stream().filter(s -> !before.shares().contains(s)).count())
        .as("hosts broken up")
        .isEqualTo(best[1] == 0 ? 0 : 1);
  }

  @Property(tries = 50)
  void lendTakesTheFewestHostsWhereASearchWouldBeTooLarge(
      @ForAll @Size(min = 300, max = 600) List<@IntRange(min = 1, max = 128) Integer> hosts,
      @ForAll @IntRange(min = 5000, max = 20_000) int amount) {
    Placement before = Allocations.hosts(hosts.stream().mapToInt(h -> h).toArray());
    int wanted = Math.min(amount, before.size());

    Placement lent = Communicator.world(before).lend(wanted).placement();

    assertThat(lent.size()).isEqualTo(wanted);
    List<Integer> widestFirst = hosts.stream().sorted(Collections.reverseOrder()).toList();
    int fewest = lent.shares().size();
    assertThat(widestFirst.stream().limit(fewest).mapToInt(h -> h).sum())
        .isGreaterThanOrEqualTo(wanted);
    assertThat(widestFirst.stream().limit(fewest - 1).mapToInt(h -> h).sum()).isLessThan(wanted);
  }

  @Property
  void splitSharesEqually(
      @ForAll("allocations") int[] hosts, @ForAll @IntRange(min = 1, max = 60) int parts) {
    Placement allocation = Allocations.hosts(hosts);
    int children = Math.min(parts, allocation.size());
    Communicator world = Communicator.world(allocation);

    List<Integer> sizes = world.split(children).stream().map(Communicator::size).toList();

    int larger = allocation.size() % children;
    int each = allocation.size() / children;
    assertThat(sizes)
        .isEqualTo(
            IntStream.range(0, children).mapToObj(i -> i < larger ? each + 1 : each).toList());
    assertThat(world.size()).isZero();
  }

  @Property
  void splitByHostGivesPartsOnOneHostEachThatAreAsLargeAsCanBe(
      @ForAll("allocations") int[] hosts, @ForAll @IntRange(min = 1, max = 60) int parts) {
    Placement allocation = Allocations.hosts(hosts);
    int children = Math.min(parts, allocation.size());
    Communicator world = Communicator.world(allocation);

    List<Communicator> all = world.splitByHost(children);

    assertThat(all).hasSize(children);
    assertThat(all).allMatch(c -> c.placement().hosts().size() == 1);
    int smallest = all.stream().mapToInt(Communicator::size).min().orElseThrow();
    assertThat(Arrays.stream(hosts).map(h -> h / (smallest + 1)).sum())
        .as("so many parts of one rank more do not fit")
        .isLessThan(children);
    all.forEach(Communicator::release);
    assertThat(world.placement()).isEqualTo(allocation);
  }

  @Property
  void theSameMovesLeadToTheSamePlacements(
      @ForAll("allocations") int[] hosts, @ForAll("moves") List<Move> moves) {
    assertThat(placementsAfter(moves, hosts)).isEqualTo(placementsAfter(moves, hosts));
  }

  @Provide
  Arbitrary<int[]> allocations() {
    return Arbitraries.integers().between(1, 9).array(int[].class).ofMinSize(1).ofMaxSize(7);
  }

  @Provide
  Arbitrary<List<Move>> moves() {
    Arbitrary<Integer> any = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(
            Arbitraries.of(Verb.class), any, any, Arbitraries.integers().between(-1, 20))
        .as(Move::new)
        .list()
        .ofMaxSize(40);
  }

  private static List<Integer> ranks(Communicator communicator) {
    return communicator.placement().shares().stream().flatMap(s -> s.ranks().stream()).toList();
  }

  private static List<Placement> placementsAfter(List<Move> moves, int[] hosts) {
    List<Communicator> all = new ArrayList<>();
    all.add(Communicator.world(Allocations.hosts(hosts)));
    moves.forEach(m -> m.on(all));
    return all.stream().map(Communicator::placement).toList();
  }

  /** The fewest hosts that have so many ranks, and how few are left behind on them. */
  private static int[] bruteForce(int[] hosts, int wanted) {
    int[] best = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    for (int set = 1; set < 1 << hosts.length; set++) {
      int chosen = set;
      int ranks =
          IntStream.range(0, hosts.length)
              .filter(i -> (chosen >> i & 1) == 1)
              .map(i -> hosts[i])
              .sum();
      int[] found = {Integer.bitCount(set), ranks - wanted};
      if (ranks >= wanted && Arrays.compare(found, best) < 0) {
        best = found;
      }
    }
    return best;
  }
}
