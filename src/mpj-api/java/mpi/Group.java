package mpi;

/** Ranks in an order. */
public class Group {
  Group() {}

  /** Those of these numbers, in this order. */
  public native Group Incl(int[] ranks) throws MPIException;
}
