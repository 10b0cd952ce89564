package org.jobfold.disk;

/** A line of a journal can not be used. The message says why, for people. */
final class BadLine extends Exception {
  private static final long serialVersionUID = 1L;

  BadLine(String message) {
    super(message, null, false, false); // a zeroed file has many: they need no stack trace
  }
}
