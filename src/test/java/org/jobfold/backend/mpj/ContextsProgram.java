package org.jobfold.backend.mpj;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import mpi.Intracomm;
import mpi.MPI;

/**
 * A program for the ranks of a world: makes communicators of random sets of ranks, and counts how
 * often a rank is in two that have the same context and another rank in common.
 *
 * <p>Argument: {@code plain}, or {@code taken-up} as jobfold makes them.
 */
public final class ContextsProgram {
  private static final int ROUNDS = 120;

  private ContextsProgram() {}

  /** Counts. */
  public static void main(String[] arguments) {
    boolean takenUp = MPI.Init(arguments)[0].equals("taken-up");
    int rank = MPI.COMM_WORLD.Rank();
    int size = MPI.COMM_WORLD.Size();
    Communicators communicators = Communicators.ofThisRank();
    // The same on all ranks.
    Random random = new Random(42);
    Set<String> seen = new HashSet<>();
    int twice = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> ranks = some(random, size);
      if (ranks.contains(rank)) {
        Intracomm one =
            takenUp
                ? communicators.make(ranks)
                : MPI.COMM_WORLD.Create(
                    MPI.COMM_WORLD.Group().Incl(ranks.stream().mapToInt(r -> r).toArray()));
        for (int other : ranks) {
          twice += other == rank || seen.add(one.mpjdevComm.sendctxt + " " + other) ? 0 : 1;
        }
      }
    }
    int[] all = new int[1];
    MPI.COMM_WORLD.Allreduce(new int[] {twice}, 0, all, 0, 1, MPI.INT, MPI.SUM);
    if (rank == 0) {
      System.out.println("twice: " + all[0]);
      Runtime.getRuntime().halt(0);
    }
  }

  /** Two ranks or more, ascending. */
  private static List<Integer> some(Random random, int size) {
    List<Integer> all = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      all.add(rank);
    }
    Collections.shuffle(all, random);
    return all.stream()
        .limit(2 + random.nextInt(size - 1))
        .sorted()
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
