package org.jobfold.comm;

/**
 * What is asked of a communicator for processes that run together.
 *
 * @param ranks how many in all, from 0 on
 * @param each how many of them, on one host, each process takes up; divides their number
 * @param gpus how many GPUs on each host that ranks are on
 */
public record Claim(int ranks, int each, int gpus) {
  private static final Claim ONE = new Claim(1, 1, 0);

  /** Refuses what can not be. */
  public Claim {
    if (ranks < 0 || each < 1 || gpus < 0 || (each != 1 && ranks % each != 0)) {
      throw new IllegalArgumentException(
          "%d ranks for processes of %d each, with %d GPUs on a host, can not be"
              .formatted(ranks, each, gpus));
    }
  }

  /** Ranks that are a process each. */
  public static Claim of(int ranks) {
    return ranks == 1 ? ONE : new Claim(ranks, 1, 0);
  }

  /** Whether any ranks will do. */
  public boolean isPlain() {
    return each == 1 && gpus == 0;
  }

  /**
   * How many ranks of a host are of use for it.
   *
   * @param freeRanks on the host
   * @param freeGpus on the host
   */
  public int usable(int freeRanks, int freeGpus) {
    return freeGpus < gpus ? 0 : freeRanks - freeRanks % each;
  }
}
