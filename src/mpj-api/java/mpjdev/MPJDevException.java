package mpjdev;

/** What goes wrong below MPI. */
public class MPJDevException extends xdev.XDevException {
  private static final long serialVersionUID = 1L;

  /** Made by MPJ Express. */
  protected MPJDevException() {}
}
