package org.jobfold.comm;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jobfold.comm.Allocations.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommunicatorTest {
  private static final String ALL = "n0:0-7 n1:8-15 n2:16-23 n3:24-31";

  private final Communicator world = Communicator.world(Allocations.equal(4, 8));

  @Nested
  class Lend {
    @Test
    void fiveRanksComeFromOneHostAndThreeAreLeftThere() {
      Communicator five = world.lend(5);

      assertThat(text(five)).isEqualTo("n0:0-4");
      assertThat(text(world)).isEqualTo("n0:5-7 n1:8-15 n2:16-23 n3:24-31");
      assertThat(world.size()).isEqualTo(27);
    }

    @Test
    void twelveRanksComeFromTwoHosts() {
      assertThat(text(world.lend(12))).isEqualTo("n0:0-7 n1:8-11");
    }

    @Test
    void allRanksGoToTheChild() {
      Communicator all = world.lendAll();

      assertThat(text(all)).isEqualTo(ALL);
      assertThat(world.size()).isZero();
      assertThat(world.placement().shares()).isEmpty();
    }

    @Test
    void aHostThatFitsBestIsTaken() {
      Communicator mixed = Communicator.world(Allocations.hosts(8, 3, 5, 4));

      assertThat(text(mixed.lend(4))).isEqualTo("n3:16-19");
      assertThat(text(mixed.lend(4))).isEqualTo("n2:11-14");
    }

    @Test
    void wholeHostsThatAddUpAreTakenBeforeTheWidest() {
      Communicator mixed = Communicator.world(Allocations.hosts(8, 6, 5));

      assertThat(text(mixed.lend(11))).isEqualTo("n1:8-13 n2:14-18");
    }

    @Test
    void theFewestHostsComeBeforeWholeHosts() {
      Communicator mixed = Communicator.world(Allocations.hosts(2, 2, 5));

      assertThat(text(mixed.lend(4))).isEqualTo("n2:4-7");
    }

    @Test
    void theNarrowestOfTheChosenHostsIsBrokenUp() {
      Communicator mixed = Communicator.world(Allocations.hosts(7, 8, 8));

      assertThat(text(mixed.lend(12))).isEqualTo("n0:0-3 n1:7-14");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 33})
    void whatIsNotThereIsNotLent(int ranks) {
      assertThatExceptionOfType(MpiSizeException.class)
          .isThrownBy(() -> world.lend(ranks))
          .withMessage(
              "%d ranks are asked of a 'communicator of size 32': ".formatted(ranks)
                  + "ask for 1 or more, and for no more than it owns");
      assertThat(text(world)).isEqualTo(ALL);
    }

    @Test
    void anEmptyCommunicatorLendsNothing() {
      var unused = world.lendAll();

      assertThatExceptionOfType(MpiSizeException.class).isThrownBy(world::lendAll);
      assertThatExceptionOfType(MpiSizeException.class).isThrownBy(() -> world.lend(1));
    }
  }

  @Nested
  class Split {
    @Test
    void inFourGivesFourWholeHosts() {
      assertThat(world.split(4))
          .extracting(Allocations::text)
          .containsExactly("n0:0-7", "n1:8-15", "n2:16-23", "n3:24-31");
      assertThat(world.size()).isZero();
    }

    @Test
    void inFiveGivesTheFirstTwoOneMore() {
      List<Communicator> five = world.split(5);

      assertThat(five).extracting(Communicator::size).containsExactly(7, 7, 6, 6, 6);
      assertThat(five)
          .extracting(Allocations::text)
          .containsExactly(
              "n0:0-6", "n1:8-14", "n2:16-21", "n3:24-29", "n0:7 n1:15 n2:22-23 n3:30-31");
    }

    @Test
    void inThreeGivesTwoHostsToEach() {
      List<Communicator> three = world.split(3);

      assertThat(three).extracting(Communicator::size).containsExactly(11, 11, 10);
      assertThat(three)
          .extracting(Allocations::text)
          .containsExactly("n0:0-7 n1:8-10", "n1:11-13 n2:16-23", "n1:14-15 n3:24-31");
    }

    @Test
    void inAsManyAsThereAreGivesOneEach() {
      assertThat(world.split(32)).extracting(Communicator::size).containsOnly(1);
    }

    @Test
    void inMoreThanThereAreIsRefused() {
      assertThatExceptionOfType(MpiSizeException.class).isThrownBy(() -> world.split(33));
      assertThat(text(world)).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void inLessThanOneIsRefused(int children) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> world.split(children))
          .withMessage("a communicator can't be split in " + children + ": ask for 1 part or more");
    }
  }

  @Nested
  class Release {
    @Test
    void bringsEveryHostBackInTheOriginalOrder() {
      List<Communicator> children = new ArrayList<>(world.split(5));
      Communicator grandchild = children.get(4).lend(3);
      children.add(grandchild);

      children.forEach(Communicator::release);

      assertThat(text(world)).isEqualTo(ALL);
      assertThat(children).extracting(Communicator::size).containsOnly(0);
    }

    @Test
    void twiceIsHarmless() {
      Communicator child = world.lend(3);

      child.release();
      child.release();

      assertThat(text(world)).isEqualTo(ALL);
    }

    @Test
    void givesToTheNearestAboveThatWasNotReleased() {
      Communicator child = world.lend(16);
      Communicator grandchild = child.lend(8);
      Communicator below = grandchild.lend(4);
      Communicator last = below.lend(2);

      below.release();
      grandchild.release();
      last.release();

      assertThat(text(child)).isEqualTo("n0:0-7 n1:8-15");
      child.release();
      assertThat(text(world)).isEqualTo(ALL);
    }

    @Test
    void leavesTheRanksOfChildrenThatAreStillOut() {
      Communicator child = world.lend(16);
      Communicator grandchild = child.lend(8);

      child.release();

      assertThat(text(grandchild)).isEqualTo("n0:0-7");
      assertThat(text(world)).isEqualTo("n1:8-15 n2:16-23 n3:24-31");
      grandchild.release();
      assertThat(text(world)).isEqualTo(ALL);
    }

    @Test
    void theWorldKeepsItsRanks() {
      world.release();

      assertThat(text(world)).isEqualTo(ALL);
      assertThat(world.lend(5).size()).isEqualTo(5);
    }
  }

  @Nested
  class Acquire {
    @Test
    void takesAllOfAnother() {
      Communicator one = world.lend(8);
      Communicator other = world.lend(5);

      one.acquire(other);

      assertThat(text(one)).isEqualTo("n0:0-7 n1:8-12");
      assertThat(other.size()).isZero();
    }

    @Test
    void takesSomeOfAnotherAsIfTheyWereLent() {
      Communicator one = world.lend(4);
      Communicator other = world.lend(12);

      one.acquire(other, 4);

      assertThat(text(one)).isEqualTo("n0:0-7");
      assertThat(text(other)).isEqualTo("n1:8-15");
    }

    @Test
    void givesWhatWasAcquiredBackWithTheRest() {
      Communicator group = world.lend(8);
      Communicator member = group.lend(8);
      Communicator stranger = world.lend(8);

      stranger.acquire(member);
      stranger.release();

      assertThat(group.size()).isZero();
      assertThat(text(world)).isEqualTo(ALL);
    }

    @Test
    void ofAnEmptyOneChangesNothing() {
      Communicator one = world.lend(8);
      Communicator empty = world.lend(8);
      empty.release();

      one.acquire(empty);

      assertThat(text(one)).isEqualTo("n0:0-7");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 6})
    void whatTheOtherHasNotIsRefused(int ranks) {
      Communicator other = world.lend(5);

      assertThatExceptionOfType(MpiSizeException.class)
          .isThrownBy(() -> world.acquire(other, ranks))
          .withMessageContaining("'communicator of size 5'");
    }

    @Test
    void ofItselfIsRefused() {
      assertThatIllegalArgumentException().isThrownBy(() -> world.acquire(world));
    }

    @Test
    void ofAnotherWorldIsRefused() {
      Communicator elsewhere = Communicator.world(Allocations.equal(1, 2));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> world.acquire(elsewhere))
          .withMessageContaining("another allocation");
    }

    @Test
    void byOneThatWasReleasedIsRefused() {
      Communicator released = world.lend(8);
      released.release();

      assertThatIllegalStateException()
          .isThrownBy(() -> released.acquire(world))
          .withMessageContaining("was released");
    }
  }

  @Nested
  class MachineFile {
    private final Communicator child = world.lend(9);
    private final Communicator other = world.lend(2);

    @Test
    void namesTheHostOfEachRank() {
      assertThat(child.useMachineFile()).isEqualTo("n0\n".repeat(8) + "n1\n");
    }

    @Test
    void inUseForbidsToLendSplitAndAcquire() {
      String unused = child.useMachineFile();

      assertThatIllegalStateException()
          .isThrownBy(() -> child.lend(1))
          .withMessage(
              "the machine file of a 'communicator of size 9' is in use: "
                  + "release the communicator first");
      assertThatIllegalStateException().isThrownBy(child::lendAll);
      assertThatIllegalStateException().isThrownBy(() -> child.split(2));
      assertThatIllegalStateException().isThrownBy(() -> child.acquire(other));
      assertThatIllegalStateException().isThrownBy(() -> other.acquire(child));
      assertThatIllegalStateException().isThrownBy(() -> other.acquire(child, 1));
      assertThat(child.size()).isEqualTo(9);
    }

    @Test
    void isGivenOnceToAnOwner() {
      String unused = child.useMachineFile();

      assertThatIllegalStateException().isThrownBy(child::useMachineFile);
    }

    @Test
    void ofTheWorldCanBeUsedAgainAfterRelease() {
      String unused = world.useMachineFile();
      world.release();

      assertThat(world.useMachineFile()).hasSize(21 * "n0\n".length());
    }

    @Test
    void ofAnEmptyOneIsRefused() {
      child.release();

      assertThatExceptionOfType(MpiSizeException.class)
          .isThrownBy(child::useMachineFile)
          .withMessageContaining("an empty communicator has no machine file");
    }

    @Test
    void doesNotHinderRanksFromComingBack() {
      Communicator grandchild = child.lend(1);
      String before = child.useMachineFile();

      grandchild.release();

      assertThat(before).isEqualTo("n0\n".repeat(8));
      assertThat(child.size()).isEqualTo(9);
    }
  }

  @Test
  void ranksMayHaveAnyNumbers() {
    Communicator odd =
        Communicator.world(
            new Placement(
                List.of(
                    new Placement.Share(new Host("b"), List.of(1, 5, 9)),
                    new Placement.Share(new Host("a"), List.of(0, 70)))));

    Communicator lent = odd.lend(4);

    assertThat(text(lent)).isEqualTo("b:1,5,9 a:0");
    assertThat(text(odd)).isEqualTo("a:70");
  }

  @Test
  @Timeout(60)
  void noRankIsLostWhereOneThreadLendsWhatOthersRelease() throws Exception {
    int lends = 10_000;
    Semaphore tenOut = new Semaphore(10);
    BlockingQueue<Communicator> out = new LinkedBlockingQueue<>();
    Callable<Integer> releases =
        () -> {
          int ranks = 0;
          for (int i = 0; i < lends / 2; i++) {
            Communicator child = out.take();
            ranks += child.placement().size();
            child.release();
            tenOut.release();
          }
          return ranks;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<Integer> one = threads.submit(releases);
    Future<Integer> other = threads.submit(releases);

    int lent = 0;
    for (int i = 0; i < lends; i++) {
      tenOut.acquire();
      out.add(world.lend(1 + i % 3));
      lent += 1 + i % 3;
    }

    assertThat(one.get(1, MINUTES) + other.get(1, MINUTES)).isEqualTo(lent);
    threads.shutdownNow();
    assertThat(text(world)).isEqualTo(ALL);
  }

  @Test
  void tenThousandHostsAreLentOneByOne() {
    Communicator large = Communicator.world(Allocations.equal(10_000, 128));
    List<Communicator> children = new ArrayList<>();
    while (large.size() > 0) {
      children.add(large.lend(128));
    }

    assertThat(children).hasSize(10_000);
    assertThat(children).extracting(c -> c.placement().hosts().size()).containsOnly(1);

    children.forEach(Communicator::release);
    assertThat(large.size()).isEqualTo(1_280_000);
  }
}
