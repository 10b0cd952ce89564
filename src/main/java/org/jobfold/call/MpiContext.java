package org.jobfold.call;

import java.io.PrintStream;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a call inside a rank is told.
 *
 * @param call its params and where it runs; the same on all ranks
 * @param environment what a process of the folder would find in its environment on this rank's
 *     host: that of the rank, over it what the folder's {@code env} says, over that jobfold's own
 *     variables. {@code System.getenv()} is the rank's alone
 * @param out for what the call says. On the first rank it is the folder's stdout, at once; on the
 *     others it is added to that when all have ended, with the rank before each line, the first 64
 *     KiB of it
 * @param err the same for stderr
 * @param ending whether the call is to end
 * @param signals the signal that the folder was sent last
 */
public record MpiContext(
    CallContext call,
    SortedMap<String, String> environment,
    PrintStream out,
    PrintStream err,
    BooleanSupplier ending,
    Supplier<OptionalInt> signals) {
  /** Copies the map. */
  public MpiContext {
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** Whether the call is to end: a long loop asks now and then, and throws or returns if so. */
  public boolean isEnding() {
    return ending.getAsBoolean();
  }

  /**
   * The number of the signal that the folder was sent last, by {@code --signal-before}; empty if
   * none was. It comes to all ranks, but not at the same moment: where all are to do the same upon
   * it, let one of them ask and tell the others. Who does not ask goes on; no thread is
   * interrupted.
   */
  public OptionalInt signal() {
    return signals.get();
  }
}
