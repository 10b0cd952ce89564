package mpi;

/** A communicator whose ranks can do something together. */
public class Intracomm extends Comm {
  Intracomm() {}

  /** A communicator of some of the ranks. */
  public native Intracomm Create(Group group) throws MPIException;

  /** A communicator for each colour. */
  public native Intracomm Split(int colour, int key) throws MPIException;

  /** Returns when all ranks have called it. */
  public native void Barrier() throws MPIException;

  /** Copies elements of one rank's array to all. */
  public native void Bcast(Object buf, int offset, int count, Datatype type, int root)
      throws MPIException;

  /** Combines all ranks' elements; all get the result. */
  public native void Allreduce(
      Object sendbuf,
      int sendoffset,
      Object recvbuf,
      int recvoffset,
      int count,
      Datatype datatype,
      Op op)
      throws MPIException;
}
