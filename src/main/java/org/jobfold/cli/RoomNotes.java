package org.jobfold.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jobfold.folder.FolderName;
import org.jobfold.spi.Order;
import org.jobfold.spi.RunListener;
import org.jobfold.spi.SessionEvent;
import org.jobfold.trial.Cause;
import org.jobfold.trial.FinalState;
import org.jobfold.trial.Outcome;

/** Keeps which folders of a run have failed for want of room, and wait. Thread-safe. */
final class RoomNotes implements RunListener {
  private final Map<FolderName, Cause.NoRoom> waiting = new HashMap<>();

  /** Those that do now. */
  synchronized WithoutRoom all() {
    return new WithoutRoom(List.copyOf(waiting.values()));
  }

  @Override
  public synchronized void ended(SessionEvent.Ended event, Outcome outcome) {
    if (outcome.cause().orElse(null) instanceof Cause.NoRoom full) {
      waiting.put(event.id().folder(), full);
    }
  }

  @Override
  public synchronized void launched(Order order) {
    waiting.remove(order.id().folder());
  }

  @Override
  public synchronized void settled(FolderName folder, FinalState state) {
    waiting.remove(folder);
  }
}
