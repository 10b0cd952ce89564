package mpi;

/** Two communicators that can send to each other. */
public class Intercomm extends Comm {
  Intercomm() {}

  /** All ranks of both; those who say {@code true} come last. */
  public native Intracomm Merge(boolean high) throws MPIException;
}
