package org.jobfold.spi;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The account of a run could not be written now. Nothing of it is lost: try again later. */
public final class NotWrittenException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /**
   * With what to tell people.
   *
   * @param message the file, why, and what to do
   * @param why what the system said
   */
  public NotWrittenException(String message, IOException why) {
    super(message, why);
  }
}
