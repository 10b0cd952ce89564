package org.jobfold.backend.mpj;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import mpi.MPI;

/**
 * A program for the ranks of a world: what a call pays for its communicator, when its ranks have
 * none yet and when they have kept it.
 *
 * <p>Arguments: how many of each, then of how many ranks. Prints a line for each: what, and
 * microseconds on the first rank.
 */
public final class KeptCommunicatorsBench {
  private KeptCommunicatorsBench() {}

  /** Measures. */
  public static void main(String[] arguments) {
    List<Integer> own = Arrays.stream(MPI.Init(arguments)).map(Integer::valueOf).toList();
    int rounds = own.get(0);
    Communicators communicators = Communicators.ofThisRank();
    long number = 0;
    for (int size : own.subList(1, own.size())) {
      List<Integer> ranks = IntStream.range(0, size).boxed().toList();
      number = measure(size + " ranks, a new one", communicators, ranks, number, rounds, 1);
      number = measure(size + " ranks, a kept one", communicators, ranks, number, rounds, 0);
    }
    if (MPI.COMM_WORLD.Rank() == 0) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Gets communicators of these ranks; the next free number. */
  private static long measure(
      String name,
      Communicators communicators,
      List<Integer> ranks,
      long number,
      int rounds,
      int step) {
    boolean isIn = ranks.contains(MPI.COMM_WORLD.Rank());
    // Those before are for the compiler.
    for (int i = 0; isIn && i <= rounds / 5; i++) {
      use(communicators, number + (long) i * step, ranks);
    }
    long first = number + (long) (rounds / 5 + 1) * step;
    if (isIn && step == 0) {
      use(communicators, first, ranks);
    }
    MPI.COMM_WORLD.Barrier();
    long begin = System.nanoTime();
    for (int i = 0; isIn && i < rounds; i++) {
      communicators.get(first + (long) i * step, ranks);
    }
    double each = (System.nanoTime() - begin) / 1e3 / rounds;
    if (isIn) {
      use(communicators, first, ranks);
    }
    MPI.COMM_WORLD.Barrier();
    if (MPI.COMM_WORLD.Rank() == 0) {
      System.out.println(String.format(Locale.ROOT, "%s\t%.2f", name, each));
      System.out.flush();
    }
    return first + (long) rounds * step + 1;
  }

  /** Its sum is right. */
  private static void use(Communicators communicators, long number, List<Integer> ranks) {
    int[] sum = new int[1];
    communicators
        .get(number, ranks)
        .Allreduce(new int[] {MPI.COMM_WORLD.Rank()}, 0, sum, 0, 1, MPI.INT, MPI.SUM);
    int expected = ranks.stream().mapToInt(rank -> rank).sum();
    if (sum[0] != expected) {
      System.out.println("WRONG: " + sum[0] + " is not " + expected);
      Runtime.getRuntime().halt(1);
    }
  }
}
