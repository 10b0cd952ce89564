package xdev;

/** What goes wrong on a device. */
public class XDevException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Made by MPJ Express. */
  protected XDevException() {}
}
