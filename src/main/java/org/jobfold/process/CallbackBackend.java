package org.jobfold.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jobfold.comm.Placement;
import org.jobfold.folder.JobFolder;
import org.jobfold.spi.Backend;
import org.jobfold.spi.Force;
import org.jobfold.spi.Order;
import org.jobfold.spi.Session;
import org.jobfold.spi.SessionEvent;
import org.jobfold.thread.Daemons;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.TrialId;
import org.jobfold.trial.Usage;

/**
 * A back end with a program's callbacks around it: they run on one thread of their own, so that
 * they never hold up the run, and never at the same time.
 */
final class CallbackBackend implements Backend {
  private final Backend inner;
  private final ProgramOptions options;

  CallbackBackend(Backend inner, ProgramOptions options) {
    this.inner = inner;
    this.options = options;
  }

  @Override
  public Placement allocation() {
    return inner.allocation();
  }

  @Override
  public int coresPerRank() {
    return inner.coresPerRank();
  }

  @Override
  public Optional<String> noRoom(Path directory) {
    return inner.noRoom(directory);
  }

  @Override
  public Session open(Consumer<SessionEvent> events) {
    return new CallbackSession(events);
  }

  private final class CallbackSession implements Session {
    private final ExecutorService callbacks =
        Executors.newSingleThreadExecutor(Daemons.named("jobfold-callbacks"));
    private final Map<TrialId, JobFolder> folders = new HashMap<>();
    private final Consumer<SessionEvent> events;
    private final Session session;

    CallbackSession(Consumer<SessionEvent> events) {
      this.events = events;
      this.session = inner.open(event -> callbacks.execute(() -> events.accept(judged(event))));
    }

    @Override
    public void launch(Order order) {
      callbacks.execute(
          () -> {
            try {
              if (options.already().test(order)) {
                events.accept(notStarted(order.id(), Outcome.success()));
                return;
              }
              session.launch(options.modifier().apply(order));
              folders.put(order.id(), order.folder());
            } catch (RuntimeException thrown) {
              events.accept(
                  notStarted(
                      order.id(),
                      Outcome.failed(
                          new Cause.LaunchError(
                              "a callback threw " + thrown, Cause.Prospect.LASTING))));
            }
          });
    }

    private static SessionEvent notStarted(TrialId id, Outcome outcome) {
      return new SessionEvent.Ended(id, outcome, Usage.none(Instant.now()), "", "", List.of());
    }

    @Override
    public void end(TrialId id, Force force) {
      callbacks.execute(() -> session.end(id, force));
    }

    @Override
    public void signal(TrialId id, int signal) {
      callbacks.execute(() -> session.signal(id, signal));
    }

    @Override
    public void close() {
      session.close();
      callbacks.shutdownNow();
    }

    private SessionEvent judged(SessionEvent event) {
      if (!(event instanceof SessionEvent.Ended ended)) {
        return event;
      }
      JobFolder folder = Objects.requireNonNull(folders.remove(ended.id()));
      Outcome outcome;
      try {
        outcome = options.judge().judge(folder, ended.outcome());
        options.onfinish().accept(folder, outcome);
      } catch (RuntimeException thrown) {
        outcome = Outcome.failed(new Cause.SuccessCheck("a callback threw " + thrown));
      }
      return new SessionEvent.Ended(
          ended.id(),
          outcome,
          ended.usage(),
          ended.stdout(),
          ended.stderr(),
          ended.tailOf(),
          ended.tail());
    }
  }
}
