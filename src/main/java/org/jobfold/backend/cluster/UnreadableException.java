package org.jobfold.backend.cluster;

import java.io.IOException;

/** Bytes are no message: damaged, cut off, or of another program. */
final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message);
  }

  UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
