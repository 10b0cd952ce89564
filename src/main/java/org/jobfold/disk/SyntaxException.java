package org.jobfold.disk;

/** A folder file is not what its format asks for. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * What is wrong, and where.
   *
   * @param line from 1 on; 0 where it is not known
   */
  SyntaxException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }

  /** The message. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
