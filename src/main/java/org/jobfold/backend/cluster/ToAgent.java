package org.jobfold.backend.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jobfold.spi.EarlierProcess;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.trial.TrialId;

/** What a lead asks of an agent. */
sealed interface ToAgent {
  /** The only codec of these. */
  Codec<ToAgent> CODEC = Codecs.of(ToAgent.class);

  /** Ends what dead earlier runs have left on the host; answered by {@link ToLead.Swept}. */
  record Sweep(Duration grace) implements ToAgent {}

  /** Waits for processes of a dead earlier run; answered by {@link ToLead.Awaited}. */
  record Await(List<Long> pids) implements ToAgent {
    /** The same for the host itself. */
    List<EarlierProcess> earlier() {
      return pids.stream().map(pid -> new EarlierProcess(Optional.empty(), pid)).toList();
    }
  }

  /** Starts a process. */
  record Launch(Order order) implements ToAgent {}

  /** Asks a process to end. */
  record End(TrialId id, Force force) implements ToAgent {}

  /** Sends a signal to a process. */
  record Signal(TrialId id, int number) implements ToAgent {}

  /** Ends, by force, all that runs; answered by {@link ToLead.Closed}, and by nothing after it. */
  record Close() implements ToAgent {}
}
