package org.jobfold.spi;

import java.util.function.Consumer;
import org.jobfold.comm.Communicator;
import org.jobfold.comm.Placement;

/**
 * An allocation and the way to start processes on it.
 *
 * <p>An implementation MUST give the same {@link #allocation} each time it is asked while the
 * allocation does not change.
 */
public interface Backend {
  /** All ranks of the allocation. {@link Communicator#world} makes a communicator of it. */
  Placement allocation();

  /**
   * Opens a session.
   *
   * @param events where the session posts what happens, from any thread; must not block
   */
  Session open(Consumer<SessionEvent> events);
}
