package org.jobfold;

import java.util.function.Consumer;
import org.jobfold.cli.Outside;
import org.jobfold.launch.Signals;

/**
 * The signals of this process, for commands.
 *
 * <p>Where the virtual machine keeps a signal for itself, it ends jobfold, and the launcher's guard
 * ends the trials.
 */
final class ProcessSignals implements Outside.Signals {
  @Override
  public Outside.Handling handle(Consumer<Integer> handler) {
    return Signals.handle(handler)::run;
  }
}
