package org.jobfold.comm;

/**
 * How many ranks are of use for some claim.
 *
 * @param inAll on all hosts
 * @param onOneHost on the host that has the most
 */
public record Capacity(int inAll, int onOneHost) {
  /** Of no host. */
  public static final Capacity NONE = new Capacity(0, 0);

  /** With those of one more host. */
  public Capacity and(int onAnother) {
    return new Capacity(inAll + onAnother, Math.max(onOneHost, onAnother));
  }
}
