package org.jobfold.spi;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mpi.Intracomm;
import org.jobfold.call.CallContext;
import org.jobfold.call.MpiCall;
import org.jobfold.call.MpiContext;

/** A call of the contract in the ranks of a world: all do it, the first one prints. */
public final class InRankCall implements MpiCall {
  @Override
  public void call(MpiContext context, Intracomm ranks) throws Exception {
    PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    CallWays.perform(
        context.call(),
        context.environment(),
        ranks.Rank() == 0 ? context.out() : silence,
        () -> signal(context));
  }

  private static int signal(MpiContext context) throws InterruptedException {
    while (context.signal().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return context.signal().getAsInt();
  }

  @Override
  public Optional<Boolean> successful(CallContext context) throws Exception {
    return CallWays.successful(context);
  }
}
