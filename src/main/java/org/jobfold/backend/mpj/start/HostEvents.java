package org.jobfold.backend.mpj.start;

/** What is heard of a host. Called by threads of the host's own. */
interface HostEvents {
  /** A rank runs, as a process of its host. */
  void began(String host, int rank, long process);

  /**
   * A rank has ended.
   *
   * @param code its exit code, 128 and the number of the signal if one killed it
   */
  void ended(String host, int rank, int code);

  /** The host can start no rank. */
  void refused(String host, String why);

  /** All that is to be started on the host has been, and it takes orders. */
  void ready(String host);

  /** Nothing of the ranks is left on the host, which has said so itself. */
  void over(String host);

  /**
   * Nothing will be heard of the host any more.
   *
   * @param code how the command ended that reached it
   */
  void gone(String host, int code);
}
