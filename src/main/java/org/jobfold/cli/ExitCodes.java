package org.jobfold.cli;

import java.io.UncheckedIOException;
import org.jobfold.run.BrokenOff;

/** What the exit codes mean; they never change. */
public final class ExitCodes {
  /** All folders succeeded, or need not run. */
  public static final int SUCCEEDED = 0;

  /** A folder failed: the errors map was raised. */
  public static final int FAILED = 1;

  /** Wrong usage, or input that was refused before anything started. */
  public static final int REFUSED = 2;

  /** Incomplete: stopped before all was done. */
  public static final int INCOMPLETE = 3;

  /** A bug of jobfold. */
  public static final int BUG = 70;

  /** Ended by a signal: this and its number. */
  public static final int SIGNAL = 128;

  private ExitCodes() {}

  /** The code of a run that broke off: a disk that is full is no bug. */
  static int of(BrokenOff broken) {
    return broken.getCause() instanceof UncheckedIOException ? INCOMPLETE : BUG;
  }
}
