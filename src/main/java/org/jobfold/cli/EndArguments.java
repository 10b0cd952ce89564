package org.jobfold.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Problem;
import org.jobfold.spi.Clock;
import org.jobfold.walk.Deadline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When the allocation ends, and what is done before. */
final class EndArguments {
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(20);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Option(
      names = "--end",
      paramLabel = "TIME|DURATION",
      description =
          "When the allocation ends, as '20:00', '2026-11-21T20:00', or '8h' from now; in a job of Slurm that is known. Nothing is started that can not end before, by its timeout or by what such folders took so far.")
  private @Nullable EndTime end;

  @Option(
      names = "--margin",
      paramLabel = "DURATION",
      description =
          "How long before --end what still runs is asked to end; its folders are interrupted, which costs no trial. Without it, the grace and 20s more.")
  private @Nullable Duration margin;

  @Option(
      names = "--signal-before",
      paramLabel = "DURATION[:SIGNAL]",
      description =
          "How long before --end running folders are sent a signal (USR1 where none is named), so that they can save what they have.")
  private @Nullable SignalBefore signalBefore;

  private Optional<Instant> ofAllocation = Optional.empty();

  /** Takes the end from the allocation, unless the user has said it. */
  void allocationEnds(Supplier<Optional<Instant>> known) {
    if (end == null) {
      ofAllocation = known.get();
    }
  }

  /** Whether it is known when the allocation ends. */
  boolean isKnown() {
    return end != null || ofAllocation.isPresent();
  }

  /** What is wrong with them, if the run began now. */
  List<Problem> problems(Clock clock, Duration grace) {
    List<Problem> problems = new ArrayList<>();
    Duration before = margin(grace);
    Optional<Instant> at = at(clock);
    if (at.isPresent()) {
      Duration left = Duration.between(clock.now(), at.get());
      if (left.compareTo(before) <= 0) {
        problems.add(
            Problem.of(
                "--end",
                (left.isNegative() ? "it is over" : "it is in " + Durations.text(whole(left)))
                    + ", and what runs is ended "
                    + Durations.text(before)
                    + " before: nothing could be started, give a later time or a smaller '--margin'"));
      }
    }
    if (signalBefore != null && signalBefore.before().compareTo(before) <= 0) {
      problems.add(
          Problem.of(
              "--signal-before",
              "the signal would come "
                  + Durations.text(signalBefore.before())
                  + " before the end, when what runs is ended "
                  + Durations.text(before)
                  + " before: give it more time, or a smaller '--margin'"));
    }
    return problems;
  }

  /** The end by the clock that never goes back; absent if it is not known. */
  Optional<Deadline> deadline(Clock clock, Duration grace) {
    return at(clock).map(at -> deadline(at, clock, grace));
  }

  private Deadline deadline(Instant at, Clock clock, Duration grace) {
    return new Deadline(
        clock.elapsed().plus(Duration.between(clock.now(), at)),
        margin(grace),
        Optional.ofNullable(signalBefore).map(s -> new Deadline.Warning(s.before(), s.signal())),
        "the allocation ends at " + TIME.format(EndTime.here(at)));
  }

  /** How long before the end what still runs is ended. */
  Duration margin(Duration grace) {
    return margin == null ? grace.plus(BEYOND_GRACE) : margin;
  }

  private Optional<Instant> at(Clock clock) {
    return end == null ? ofAllocation : Optional.of(end.saidAt(EndTime.here(clock.now())));
  }

  private static Duration whole(Duration time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
