package org.jobfold.call;

import java.util.Optional;
import mpi.Intracomm;

/**
 * A functional written in Java that runs inside the ranks of an MPJ Express world: a folder with
 * {@code call} and {@code mpi: true}. It is compiled against jobfold's jar and MPJ Express's.
 *
 * <p>On each rank of the folder an instance is made and called, all at the same time. The class
 * needs a constructor without parameters. What is static in it may still be there from a call
 * before.
 *
 * <p>A rank is no process of the folder: its working directory is that of jobfold, relative paths
 * are not the folder's, and standard streams are not the folder's either. Use {@link
 * CallContext#directory()}, {@link MpiContext#out()} and {@link MpiContext#err()}.
 *
 * <p>A call that is to end (a timeout, a stop, another rank that has failed) is told by {@link
 * MpiContext#isEnding()}, and its thread is interrupted where that does no harm: with ranks in one
 * JVM always, with a JVM for each rank only while it waits outside MPI, since an interrupt inside
 * would cut the connection to another rank for good. Java can not force a thread to end: a call
 * that goes on all the same loses its rank for the rest of the run.
 */
public interface MpiCall {
  /**
   * Does this rank's part of the work.
   *
   * @param communicator exactly the ranks of this folder
   * @throws Exception if it failed, and with it the trial; the stack trace is in the folder's
   *     stderr
   */
  void call(MpiContext context, Intracomm communicator) throws Exception;

  /**
   * Whether the files in the folder show that the work was done; asked on the first rank.
   *
   * <p>It is asked before the call: if it says true, the call is passed over on all ranks, unless
   * the param {@code overwrite} is true. There, an exception counts as a no. It is asked again when
   * the call has ended on all ranks: then the trial succeeded if it says true, also when the call
   * threw, and failed if it says false, also when the call did not.
   *
   * @return empty, as it is here, if the files can not tell: then the call is always made, and
   *     succeeded if it threw on no rank
   * @throws Exception if the files can not be read
   */
  default Optional<Boolean> successful(CallContext context) throws Exception {
    return Optional.empty();
  }
}
