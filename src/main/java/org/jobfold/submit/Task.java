package org.jobfold.submit;

/**
 * One line of a queue.
 *
 * @param job the number of its job, without what follows in an array
 * @param tasks how many tasks the line stands for; 1 outside of arrays
 * @param phase how far it is
 * @param state Slurm's own word, such as {@code PENDING}
 * @param reason why it waits, in Slurm's own words; empty if that is not said
 */
public record Task(String job, int tasks, Phase phase, String state, String reason) {
  /** How far a job is. */
  public enum Phase {
    /** It waits. */
    QUEUED,
    /** It has its nodes. */
    RUNNING,
    /** It is over, however it ended. */
    OVER,
    /** Slurm says something that jobfold does not know. */
    UNKNOWN
  }

  /** Which phase a state of Slurm (20 to 24) is. */
  static Phase phase(String state) {
    return switch (state) {
      case "PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD" ->
          Phase.QUEUED;
      case "RUNNING",
          "CONFIGURING",
          "COMPLETING",
          "SUSPENDED",
          "STOPPED",
          "SIGNALING",
          "STAGE_OUT",
          "RESIZING",
          "POWER_UP_NODE" ->
          Phase.RUNNING;
      case "COMPLETED",
          "CANCELLED",
          "FAILED",
          "TIMEOUT",
          "NODE_FAIL",
          "PREEMPTED",
          "BOOT_FAIL",
          "DEADLINE",
          "OUT_OF_MEMORY",
          "REVOKED" ->
          Phase.OVER;
      default -> Phase.UNKNOWN;
    };
  }
}
