package org.jobfold.backend.mpj;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import mpi.Group;
import mpi.Intercomm;
import mpi.Intracomm;
import mpi.MPI;

/**
 * A program for the ranks of a world: what it costs to make a communicator of some of the ranks, in
 * three ways. Each communicator is used for a sum, which must be right.
 *
 * <p>Arguments: how many of each. Prints a line for each way: its name and microseconds.
 */
public final class CommunicatorsBench {
  private CommunicatorsBench() {}

  /** Makes one communicator for the ranks from {@code first} on. */
  private interface Way {
    Intracomm make(int first, int count);
  }

  /** Measures. */
  public static void main(String[] arguments) {
    int rounds = Integer.parseInt(MPI.Init(arguments)[0]);
    int rank = MPI.COMM_WORLD.Rank();
    int size = MPI.COMM_WORLD.Size();
    int half = Math.max(1, size / 2);
    int first = rank < half ? 0 : half;
    int count = rank < half ? half : size - half;
    Communicators own = Communicators.ofThisRank();
    Group all = MPI.COMM_WORLD.Group();
    // Both halves at the same time, which know nothing of each other.
    measure(
        "members alone, contexts taken up", rounds, first, count, (f, c) -> own.make(range(f, c)));
    measure(
        "members alone (Create of a group)",
        rounds,
        first,
        count,
        (f, c) -> MPI.COMM_WORLD.Create(all.Incl(IntStream.range(f, f + c).toArray())));
    measure("whole world (Split)", rounds, first, count, (f, c) -> MPI.COMM_WORLD.Split(f, rank));
    measure(
        "members alone, recursive (Dinan 2011)", rounds, first, count, new Recursive(all, rank));
    MPI.COMM_WORLD.Barrier();
    if (rank == 0) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static List<Integer> range(int first, int count) {
    return IntStream.range(first, first + count).boxed().toList();
  }

  private static void measure(String name, int rounds, int first, int count, Way way) {
    List<Intracomm> kept = new ArrayList<>();
    for (int i = 0; i <= rounds / 5; i++) {
      use(way.make(first, count), first, count);
    }
    MPI.COMM_WORLD.Barrier();
    long begin = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      kept.add(way.make(first, count));
    }
    double each = (System.nanoTime() - begin) / 1e3 / rounds;
    kept.forEach(communicator -> use(communicator, first, count));
    MPI.COMM_WORLD.Barrier();
    if (MPI.COMM_WORLD.Rank() == 0) {
      System.out.println(String.format(Locale.ROOT, "%s\t%.1f", name, each));
      System.out.flush();
    }
  }

  /** The sum over the ranks of the world in it, which shows that they and no others are. */
  private static void use(Intracomm communicator, int first, int count) {
    int[] sum = new int[1];
    int[] mine = {MPI.COMM_WORLD.Rank()};
    communicator.Allreduce(mine, 0, sum, 0, 1, MPI.INT, MPI.SUM);
    int expected = IntStream.range(first, first + count).sum();
    if (sum[0] != expected || communicator.Size() != count) {
      System.out.println("WRONG: " + sum[0] + " is not " + expected);
      Runtime.getRuntime().halt(1);
    }
  }

  /**
   * Groups that double, each joined to its neighbour by an intercommunicator: J. Dinan et al.,
   * "Noncollective Communicator Creation in MPI", EuroMPI 2011.
   */
  private record Recursive(Group all, int rank) implements Way {
    @Override
    public Intracomm make(int first, int count) {
      int index = rank - first;
      Intracomm mine = MPI.COMM_WORLD.Create(all.Incl(new int[] {rank}));
      for (int width = 1; width < count; width *= 2) {
        int block = index / width;
        int other = (block ^ 1) * width;
        if (other < count) {
          Intercomm both = MPI.COMM_WORLD.Create_intercomm(mine, 0, first + other, 4000 + width);
          mine = both.Merge(block % 2 == 1);
        }
      }
      return mine;
    }
  }
}
