package org.jobfold.comm;

/** A set of ranks owned exclusively. */
public final class Communicator {
  private final Placement placement;

  private Communicator(Placement placement) {
    this.placement = placement;
  }

  /** The communicator of all ranks of an allocation. */
  public static Communicator world(Placement allocation) {
    return new Communicator(allocation);
  }

  /** The ranks that this communicator owns now. */
  public Placement placement() {
    return placement;
  }
}
