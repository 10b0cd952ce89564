package org.jobfold.schedule;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;

/** This process as an allocation, with a rank for each job that may run at a time. */
final class JobBackend implements Backend {
  private final Placement allocation;
  private final Roster<?, ?> roster;
  private final Optional<Backend> processes;
  private final Activity activity;
  private final Runnable closing;

  /**
   * An allocation of so many ranks.
   *
   * @param closing is run when the session is closed
   */
  JobBackend(
      int slots,
      Roster<?, ?> roster,
      Optional<Backend> processes,
      Activity activity,
      Runnable closing) {
    this.allocation =
        new Placement(
            List.of(
                new Placement.Share(
                    new Host("localhost"), IntStream.range(0, slots).boxed().toList())));
    this.roster = roster;
    this.processes = processes;
    this.activity = activity;
    this.closing = closing;
  }

  @Override
  public Placement allocation() {
    return allocation;
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    return new JobSession(roster, processes, activity, closing, events);
  }
}
