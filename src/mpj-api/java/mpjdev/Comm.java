package mpjdev;

/** What a communicator is made of. */
public abstract class Comm {
  /** The number that marks its messages from one rank to another. */
  public int sendctxt;

  /** The number that marks the messages of what all its ranks do together. */
  public int collctxt;

  Comm() {}
}
