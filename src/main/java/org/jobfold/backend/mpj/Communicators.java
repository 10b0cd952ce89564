package org.jobfold.backend.mpj;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mpi.Group;
import mpi.Intracomm;
import mpi.MPI;

/**
 * The communicators that a rank is in, by the numbers that the lead gives them. Which are kept, the
 * lead decides, for all ranks of one alike.
 *
 * <p>MPJ Express makes a communicator of a group by messages between its members alone, so the
 * other ranks of the world need not take part. The members agree on the largest of their own next
 * contexts, but do not remember it, so that a later communicator of some of them may get it again
 * and the two would receive each other's messages. Here each member takes up what was agreed on: on
 * no rank do two communicators have the same context. See {@code docs/adr/0020}.
 *
 * <p>A rank makes one at a time; making one is never interrupted.
 */
final class Communicators {
  private final Intracomm world;
  private final Group all;
  private final Group self;
  private final Map<Long, Intracomm> made = new ConcurrentHashMap<>();

  private Communicators(Intracomm world) {
    this.world = world;
    this.all = world.Group();
    this.self = all.Incl(new int[] {world.Rank()});
    // The context of the world's collective operations is not given to anybody.
    takeUp(world.mpjdevComm.collctxt);
  }

  /** Those of a rank that has joined the world. */
  static Communicators ofThisRank() {
    return new Communicators(MPI.COMM_WORLD);
  }

  /**
   * A communicator; made, together with its other ranks, if it is not there.
   *
   * @param number of the communicator
   * @param ranks of the world, in the order that they are to have in it; this one is among them
   */
  Intracomm get(long number, List<Integer> ranks) {
    Intracomm there = made.get(number);
    if (there != null) {
      return there;
    }
    Intracomm one = make(ranks);
    made.put(number, one);
    return one;
  }

  /** Forgets a communicator. MPJ Express leaves nothing of it elsewhere. */
  void drop(long number) {
    made.remove(number);
  }

  /** Makes a communicator, together with its other ranks. */
  synchronized Intracomm make(List<Integer> ranks) {
    Intracomm one = world.Create(all.Incl(ranks.stream().mapToInt(r -> r).toArray()));
    takeUp(one.mpjdevComm.sendctxt);
    return one;
  }

  /** Goes on until this rank's own context is at least this: by communicators of itself alone. */
  private synchronized void takeUp(int context) {
    while (world.Create(self).mpjdevComm.sendctxt < context) {
      // The next one has the next context.
    }
  }
}
