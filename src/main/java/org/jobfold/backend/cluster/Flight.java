package org.jobfold.backend.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jobfold.comm.Host;
import org.jobfold.spi.Order;
import org.jobfold.spi.SessionEvent.Ended;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Outcome;
import org.jobfold.trial.Usage;

/** An order that has no end yet. Not thread-safe. */
final class Flight {
  private final Order order;
  private final boolean sent;
  private Optional<Instant> started = Optional.empty();
  private Optional<String> loss = Optional.empty();
  private Optional<Ended> held = Optional.empty();

  /**
   * One that begins.
   *
   * @param sent whether its host was asked for it; if not, it can not have started
   */
  private Flight(Order order, boolean sent) {
    this.order = order;
    this.sent = sent;
  }

  static Flight sent(Order order) {
    return new Flight(order, true);
  }

  static Flight notSent(Order order) {
    return new Flight(order, false);
  }

  Order order() {
    return order;
  }

  /** Where its process is started. */
  Host leader() {
    return order.placement().shares().get(0).host();
  }

  boolean isOn(Host host) {
    return order.placement().shares().stream().anyMatch(share -> share.host().equals(host));
  }

  boolean wasSent() {
    return sent;
  }

  void started() {
    started = Optional.of(Instant.now());
  }

  /** Why it can only be lost, if a host of its ranks is. */
  Optional<String> loss() {
    return loss;
  }

  /** A host of its ranks is lost: the first one is the reason. */
  void doom(String why) {
    loss = loss.or(() -> Optional.of(why));
  }

  /** Its end, which may not be told yet. */
  Optional<Ended> held() {
    return held;
  }

  /** It has ended, or what it was can not be told any more. */
  void hold(Optional<Ended> told) {
    if (held.isEmpty()) {
      held = Optional.of(lost(told));
    }
  }

  /** How it ends if it is lost, with what was told of its end. */
  Ended lost(Optional<Ended> told) {
    Instant now = Instant.now();
    Usage usage =
        started
            .map(at -> new Usage(at, elapsed(at, now), Duration.ZERO, Duration.ZERO, 0))
            .orElse(Usage.none(now));
    Outcome outcome = Outcome.failed(new Cause.NodeLost(loss.orElse("its host is not there")));
    return told.map(
            end ->
                new Ended(
                    end.id(),
                    outcome,
                    end.usage(),
                    end.stdout(),
                    end.stderr(),
                    end.tailOf(),
                    end.tail()))
        .orElseGet(() -> new Ended(order.id(), outcome, usage, "", "", List.of()));
  }

  private static Duration elapsed(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return time.isNegative() ? Duration.ZERO : time;
  }

  /** How it ends if it never started, for this cause. */
  Ended notStarted(Cause cause) {
    return new Ended(
        order.id(), Outcome.failed(cause), Usage.none(Instant.now()), "", "", List.of());
  }
}
