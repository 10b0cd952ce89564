package org.jobfold.control;

import java.io.IOException;

/** There is no connection, and there will be none however often it is tried. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
