package org.jobfold;

import java.util.function.Consumer;
import org.jobfold.cli.Outside;
import sun.misc.Signal;

/** The signals of this process. The JDK has no other way to take them. */
final class ProcessSignals implements Outside.Signals {
  private static final String[] NAMES = {"HUP", "INT", "TERM"};

  @Override
  @SuppressWarnings("sunapi")
  public void handle(Consumer<Integer> handler) {
    for (String name : NAMES) {
      try {
        Signal.handle(new Signal(name), signal -> handler.accept(signal.getNumber()));
      } catch (IllegalArgumentException takenByTheVirtualMachine) {
        // with -Xrs it keeps them: then they end jobfold, and the guard ends the trials
      }
    }
  }
}
