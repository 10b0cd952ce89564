package org.jobfold.backend.mpj;

import java.util.List;

/** What the lead and the ranks say to each other. */
sealed interface Message {
  /** How a rank's part of a call ended. */
  enum Verdict {
    /** The call returned. */
    RETURNED,
    /** The files showed success before the call, so it was not made. */
    PASSED_OVER,
    /** The call threw an exception. */
    THREW,
    /** There is no such call, or it can not be made. */
    REFUSED,
    /** It was to end before it had begun. */
    NOT_BEGUN,
    /** The communicator could not be made. */
    NO_COMMUNICATOR
  }

  /** What the files of a folder say of a call that has ended. */
  enum Judgement {
    /** They show success. */
    SUCCESS,
    /** They show that it failed. */
    FAILURE,
    /** They can not tell. */
    SILENT
  }

  /**
   * To a rank: take part in a call.
   *
   * @param call the number of the call
   * @param communicator the number of the communicator, which is made if the rank has none of it
   * @param ranks the ranks of it, in their order; the first one leads
   * @param spec what to call
   */
  record Begin(long call, long communicator, List<Integer> ranks, CallSpec spec)
      implements Message {
    /** Copies the list. */
    public Begin {
      ranks = List.copyOf(ranks);
    }
  }

  /** To a rank: the call is to end. */
  record Interrupt(long call) implements Message {}

  /**
   * To a rank: the folder of the call is sent a signal.
   *
   * @param number the signal's
   */
  record Signal(long call, int number) implements Message {}

  /** To the first rank of a call that has returned everywhere: do the files show success? */
  record Judge(long call) implements Message {}

  /** To a rank: nobody asks for this call any more. */
  record Forget(long call) implements Message {}

  /** To a rank: this communicator is not used any more. */
  record Drop(long communicator) implements Message {}

  /** To a rank that is a JVM of its own: end it. */
  record End() implements Message {}

  /**
   * To a rank that is a JVM of its own: bring an agent to its host.
   *
   * @param words what starts it
   * @param invitation for its standard input
   */
  record StartAgent(List<String> words, String invitation) implements Message {
    /** Copies the list. */
    public StartAgent {
      words = List.copyOf(words);
    }
  }

  /**
   * From a rank: the agent that it was to bring has not come, or has ended.
   *
   * @param why how it ended, in words
   */
  record AgentEnded(String why) implements Message {}

  /** From a rank: it is there, on this host. */
  record Here(String host) implements Message {}

  /** From a rank: it has the communicator, and begins. */
  record Ready(long call) implements Message {}

  /**
   * From a rank: its part of a call has ended.
   *
   * @param reason in one line, if something went wrong
   * @param trace the stack trace, if there is one
   * @param out what it printed, where it was not written to the folder's file
   * @param err the same of its errors
   * @param used the processor time that it took
   */
  record Done(
      long call,
      Verdict verdict,
      String reason,
      String trace,
      String out,
      String err,
      ProcessorTime used)
      implements Message {}

  /** From the first rank of a call: what the files show. */
  record Judged(long call, Judgement judgement, String reason) implements Message {}
}
