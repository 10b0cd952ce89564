package org.jobfold.schedule;

/** What a job knows of its trial while it runs. May be used by any thread. */
public interface JobRun {
  /** A small number from 0 on that no other running job has. */
  int slot();

  /** Which trial this is, from 1 on: there is another one after a requeue. */
  int trial();

  /**
   * Whether it is to end. Its thread has been interrupted too; but this stays true where that was
   * forgotten.
   */
  boolean isInterrupted();
}
