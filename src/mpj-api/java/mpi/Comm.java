package mpi;

/** Ranks that can send to each other. */
public class Comm {
  /** What is below it. */
  public mpjdev.Comm mpjdevComm;

  Comm() {}

  /** This process's number in it. */
  public native int Rank() throws MPIException;

  /** How many ranks there are. */
  public native int Size() throws MPIException;

  /** The ranks in their order. */
  public native Group Group() throws MPIException;

  /**
   * Joins two disjoint communicators; called on the one that both leaders are in.
   *
   * @param local the communicator of this side
   * @param localLeader a rank of {@code local}
   * @param remoteLeader a rank of this communicator
   * @param tag one that nothing else uses meanwhile
   */
  public native Intercomm Create_intercomm(
      Comm local, int localLeader, int remoteLeader, int tag) throws MPIException;

  /** Sends elements of an array. */
  public native void Send(Object buf, int offset, int count, Datatype type, int dest, int tag)
      throws MPIException;

  /** Receives elements into an array. */
  public native Status Recv(Object buf, int offset, int count, Datatype type, int source, int tag)
      throws MPIException;
}
