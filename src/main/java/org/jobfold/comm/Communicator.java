package org.jobfold.comm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of ranks owned exclusively: a rank is in one communicator at a time. Thread-safe.
 *
 * <p>The world owns all ranks of an allocation at first. What is lent or split from a communicator
 * is its child, and gives its ranks back when it is released: to the communicator that lent them,
 * or, if that was released before, to the nearest one above that was not; the world never is. So
 * communicators may be released in any order and by any thread, and when all are, the world holds
 * every rank again that is not lost, in the order of the allocation.
 *
 * <p>Ranks are taken from the fewest hosts; of all sets of so few hosts, from one that leaves the
 * fewest ranks behind on them, so whole hosts where they add up; then from the hosts that come
 * first, the lowest numbers first. The same communicator always lends the same ranks.
 *
 * <p>The GPUs of hosts are owned in the same way: a claim takes them along with its ranks, and they
 * come back with them. What is lent without a claim has none, but for whole hosts.
 *
 * <p>Ranks can be lost with their host: they are in no communicator then, once they have come back.
 *
 * <p>It never writes a file or starts a process, and never waits for ranks to come back. The
 * arithmetic is that of pylada's communicator; the choice of hosts is not.
 */
public final class Communicator {
  private enum State {
    FREE,
    IN_USE,
    RELEASED
  }

  /** The ranks of a world that are lost; locked, so that ranks move in one step. */
  private final Set<Integer> lost;

  /** Whom the ranks go back to; the world's is itself. */
  private final Communicator lender;

  private final RankSet ranks;
  private State state = State.FREE;

  private Communicator(Placement allocation) {
    this.lost = new HashSet<>();
    this.lender = this;
    this.ranks = RankSet.all(allocation);
  }

  private Communicator(Communicator lender, RankSet ranks) {
    this.lost = lender.lost;
    this.lender = lender;
    this.ranks = ranks;
  }

  /** The communicator of all ranks of an allocation. */
  public static Communicator world(Placement allocation) {
    return new Communicator(allocation);
  }

  /** The ranks that this communicator owns now. */
  public Placement placement() {
    synchronized (lost) {
      return ranks.placement();
    }
  }

  /** How many ranks this communicator owns now. */
  public int size() {
    synchronized (lost) {
      return ranks.size();
    }
  }

  /** The most ranks that this communicator owns on one host now; 0 if it owns none. */
  public int widest() {
    synchronized (lost) {
      return ranks.widest();
    }
  }

  /**
   * Moves ranks to a new child.
   *
   * @param wanted how many
   * @throws MpiSizeException if it is less than 1 or more than there are
   * @throws IllegalStateException if the machine file is in use
   */
  public Communicator lend(int wanted) {
    synchronized (lost) {
      refuseInUse();
      drop();
      refuseSize(wanted);
      return child(ranks.take(wanted));
    }
  }

  /**
   * Moves ranks and GPUs to a new child.
   *
   * @throws MpiSizeException if it is less than 1 rank, or there are not so many that are of use
   * @throws IllegalStateException if the machine file is in use
   */
  public Communicator lend(Claim claim) {
    if (claim.isPlain()) {
      return lend(claim.ranks());
    }
    synchronized (lost) {
      refuseInUse();
      drop();
      refuseSize(claim.ranks());
      if (claim.ranks() > ranks.capacity(claim).inAll()) {
        throw new MpiSizeException(
            "%d ranks are asked of a '%s', %d for each process, with %d GPUs on each host: it has fewer"
                .formatted(claim.ranks(), this, claim.each(), claim.gpus()));
      }
      return child(ranks.take(claim));
    }
  }

  /** How many of the ranks that it owns now are of use for a claim. */
  public Capacity capacity(Claim claim) {
    synchronized (lost) {
      return ranks.capacity(claim);
    }
  }

  /** How many GPUs it owns on each host now; hosts without any are left out. */
  public Map<Host, Integer> gpus() {
    synchronized (lost) {
      return ranks.gpus();
    }
  }

  /**
   * Moves all ranks and GPUs to a new child.
   *
   * @throws MpiSizeException if there are none
   * @throws IllegalStateException if the machine file is in use
   */
  public Communicator lendAll() {
    synchronized (lost) {
      refuseInUse();
      drop();
      refuseSize(ranks.size());
      return child(ranks.takeAll());
    }
  }

  /**
   * Moves all ranks and GPUs on a host to a new child, which may have none.
   *
   * @throws IllegalStateException if the machine file is in use
   */
  public Communicator lend(Host host) {
    synchronized (lost) {
      refuseInUse();
      drop();
      return child(ranks.take(host));
    }
  }

  /**
   * Moves ranks to children of which each is on one host, and which are as nearly of equal size as
   * that allows: the next child goes where it leaves the most ranks for each, and those of a host
   * share its ranks equally. Hosts on which there is no child keep their ranks.
   *
   * @param children how many
   * @throws IllegalArgumentException if it is less than 1
   * @throws MpiSizeException if it is more than there are ranks
   * @throws IllegalStateException if the machine file is in use
   */
  public List<Communicator> splitByHost(int children) {
    if (children < 1) {
      throw new IllegalArgumentException(
          "a communicator can't be split in " + children + ": ask for 1 part or more");
    }
    synchronized (lost) {
      refuseInUse();
      drop();
      refuseSize(children);
      List<Communicator> parts = new ArrayList<>();
      HostShares.of(ranks.placement(), children)
          .forEach(
              (host, count) -> {
                RankSet whole = ranks.take(host);
                sizes(whole.size(), count).forEach(size -> parts.add(child(whole.take(size))));
              });
      return parts;
    }
  }

  /**
   * Moves all ranks to children of about equal size: of n ranks, the first n mod m children have
   * one more than the others. The hosts are chosen for one child after another.
   *
   * @param children how many, m
   * @throws IllegalArgumentException if it is less than 1
   * @throws MpiSizeException if it is more than there are ranks
   * @throws IllegalStateException if the machine file is in use
   */
  public List<Communicator> split(int children) {
    if (children < 1) {
      throw new IllegalArgumentException(
          "a communicator can't be split in " + children + ": ask for 1 part or more");
    }
    synchronized (lost) {
      refuseInUse();
      drop();
      refuseSize(children);
      return sizes(ranks.size(), children).map(size -> child(ranks.take(size))).toList();
    }
  }

  /**
   * Takes over all ranks of another communicator; they go where this one's go when it is released.
   * The other is left with none, its children still go back to it.
   *
   * @throws IllegalArgumentException if the other is this one, or of another world
   * @throws IllegalStateException if the machine file of either is in use, or this one was released
   */
  public void acquire(Communicator other) {
    synchronized (lost) {
      refuseToAcquire(other);
      ranks.takeAll(other.ranks);
      drop();
    }
  }

  /**
   * Takes over some ranks of another communicator, chosen as if they were lent.
   *
   * @param wanted how many
   * @throws MpiSizeException if it is less than 1 or more than the other has
   * @throws IllegalArgumentException if the other is this one, or of another world
   * @throws IllegalStateException if the machine file of either is in use, or this one was released
   */
  public void acquire(Communicator other, int wanted) {
    synchronized (lost) {
      refuseToAcquire(other);
      other.drop();
      other.refuseSize(wanted);
      ranks.takeAll(other.ranks.take(wanted));
    }
  }

  /**
   * The text of this communicator's machine file, which is in use from now until {@link #release}.
   * Ranks that come back from a child meanwhile are owned, but are not in the text.
   *
   * @throws MpiSizeException if there are no ranks
   * @throws IllegalStateException if it is in use already
   */
  public String useMachineFile() {
    synchronized (lost) {
      refuseInUse();
      drop();
      if (ranks.size() == 0) {
        throw new MpiSizeException(
            "an empty communicator has no machine file: lend it ranks, or wait for them, first");
      }
      state = State.IN_USE;
      return ranks.placement().machineFile();
    }
  }

  /**
   * Gives all ranks back, and with them the machine file. Harmless when done before. The world has
   * nobody to give its ranks to: it keeps them, and can be lent from again.
   *
   * <p>Children still out keep their ranks, which are in use, and give them back to the nearest
   * communicator above that was not released when they are released themselves.
   */
  public void release() {
    synchronized (lost) {
      if (lender == this) {
        state = State.FREE;
        drop();
        return;
      }
      state = State.RELEASED;
      Communicator heir = lender;
      while (heir.state == State.RELEASED) {
        heir = heir.lender;
      }
      heir.ranks.takeAll(ranks);
      heir.drop();
    }
  }

  /**
   * Takes note that ranks are lost, for good: whoever owns them. Those that this communicator and
   * the ones above it own are dropped at once, unless their machine file is in use; those that are
   * lent are dropped when they come back. A rank that is lost is never lent again.
   *
   * @param ranks their numbers in the allocation; such as are lost already, or not in it, change
   *     nothing
   */
  public void lose(Collection<Integer> ranks) {
    synchronized (lost) {
      lost.addAll(ranks);
      for (Communicator each = this; ; each = each.lender) {
        each.drop();
        if (each.lender == each) {
          return;
        }
      }
    }
  }

  @Override
  public String toString() {
    synchronized (lost) {
      return "communicator of size " + ranks.size();
    }
  }

  /** Of n ranks in m parts, the first n mod m parts have one more than the others. */
  private static Stream<Integer> sizes(int ranks, int parts) {
    int each = ranks / parts;
    int larger = ranks % parts;
    return IntStream.range(0, parts).mapToObj(i -> i < larger ? each + 1 : each);
  }

  private Communicator child(RankSet taken) {
    return new Communicator(this, taken);
  }

  /** What is in use stays until it comes back. */
  private void drop() {
    if (state == State.FREE) {
      ranks.drop(lost);
    }
  }

  private void refuseInUse() {
    if (state == State.IN_USE) {
      throw new IllegalStateException(
          "the machine file of a '%s' is in use: release the communicator first".formatted(this));
    }
  }

  private void refuseSize(int wanted) {
    if (wanted < 1 || wanted > ranks.size()) {
      throw new MpiSizeException(
          "%d ranks are asked of a '%s': ask for 1 or more, and for no more than it owns"
              .formatted(wanted, this));
    }
  }

  private void refuseToAcquire(Communicator other) {
    if (other == this) {
      throw new IllegalArgumentException(
          "a '%s' can't acquire its own ranks: name another".formatted(this));
    }
    if (other.lost != lost) {
      throw new IllegalArgumentException(
          "a '%s' can't acquire ranks of another allocation: name one of its own world"
              .formatted(this));
    }
    if (state == State.RELEASED) {
      throw new IllegalStateException(
          "a communicator that was released can't acquire ranks: lend a new one");
    }
    refuseInUse();
    other.refuseInUse();
  }
}
