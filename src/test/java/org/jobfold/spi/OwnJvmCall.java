package org.jobfold.spi;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jobfold.call.CallContext;
import org.jobfold.call.JobCall;
import org.jobfold.launch.Signals;

/** A call of the contract in a JVM of its own. */
public final class OwnJvmCall implements JobCall {
  private final BlockingQueue<Integer> signals = new LinkedBlockingQueue<>();

  @Override
  public void call(CallContext context) throws Exception {
    if (context.text("way").equals("signal")) {
      Runnable unused = Signals.handle(signals::add);
    }
    CallWays.perform(context, System.getenv(), System.out, signals::take);
  }

  @Override
  public Optional<Boolean> successful(CallContext context) throws Exception {
    return CallWays.successful(context);
  }
}
