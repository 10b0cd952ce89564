package org.jobfold.launch;

import java.io.IOException;

/** A process can not be started, and the reason does not go away by itself. */
public final class LastingException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do. */
  LastingException(String message) {
    super(message);
  }
}
