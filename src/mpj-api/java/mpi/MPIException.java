package mpi;

/** What goes wrong in MPI. */
public class MPIException extends mpjdev.MPJDevException {
  private static final long serialVersionUID = 1L;

  MPIException() {}
}
