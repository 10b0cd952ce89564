package org.jobfold.call;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * What a call inside a rank is told.
 *
 * @param call its params and where it runs; the same on all ranks
 * @param out for what the call says. On the first rank it is the folder's stdout, at once; on the
 *     others it is added to that when all have ended, with the rank before each line, the first 64
 *     KiB of it
 * @param err the same for stderr
 * @param ending whether the call is to end
 */
public record MpiContext(
    CallContext call, PrintStream out, PrintStream err, BooleanSupplier ending) {
  /** Whether the call is to end: a long loop asks now and then, and throws or returns if so. */
  public boolean isEnding() {
    return ending.getAsBoolean();
  }
}
