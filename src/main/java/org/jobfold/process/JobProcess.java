package org.jobfold.process;

import java.util.SortedMap;
import org.jobfold.comm.Communicator;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Failure;

/**
 * Something that a Java program starts on ranks, looks at from time to time, or waits for: a
 * program, a call, a chain of steps, or a whole tree of job folders. The shape is that of pylada's
 * job-folder processes.
 */
public interface JobProcess {
  /**
   * Starts it, in the background. On a process that has finished it does nothing.
   *
   * @param comm all its ranks are taken, and given back when the process has finished
   * @throws AlreadyStarted if it runs
   * @throws org.jobfold.comm.MpiSizeException if the communicator has no ranks, or too few
   */
  void start(Communicator comm);

  /**
   * Whether it has finished.
   *
   * @throws NotStarted before {@link #start}
   * @throws Fail if it has finished and something failed for good
   */
  boolean poll();

  /**
   * Waits until it has finished.
   *
   * @throws NotStarted before {@link #start}
   * @throws Fail if something failed for good; only now, with all that failed
   */
  void waitFor() throws InterruptedException;

  /**
   * Asks what runs to end, and forces it after the grace. Returns at once; does nothing before the
   * start and after the end.
   */
  void terminate();

  /** Forces what runs to end. Returns at once; does nothing before the start and after the end. */
  void kill();

  /** Whether it has finished; never throws. */
  boolean done();

  /** How many programs or calls run now. */
  int runningCount();

  /** What failed for good so far, by folder. */
  SortedMap<FolderName, Failure> errors();

  /** How many failed for good so far. */
  default int errorCount() {
    return errors().size();
  }
}
