package mpi;

/**
 * The world that a program of MPJ Express belongs to. Only what jobfold uses: a signature to compile
 * against, as the mpiJava 1.2 API specification has it; the class itself comes from MPJ Express.
 */
public final class MPI {
  /** All ranks. */
  public static Intracomm COMM_WORLD;

  /** Elements of {@code byte[]}. */
  public static Datatype BYTE;

  /** Elements of {@code int[]}. */
  public static Datatype INT;

  /** Elements of {@code double[]}. */
  public static Datatype DOUBLE;

  /** The sum of all ranks' elements. */
  public static Op SUM;

  private MPI() {}

  /** Joins the world; gives the arguments that are the program's own. */
  public static native String[] Init(String[] args) throws MPIException;
}
