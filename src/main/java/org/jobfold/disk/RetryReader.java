package org.jobfold.disk;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jobfold.folder.Backoff;
import org.jobfold.folder.Change;
import org.jobfold.folder.Durations;
import org.jobfold.folder.Retry;
import org.jobfold.folder.Retry.Kind;

/** Reads what follows a failed trial: the key {@code retry} of a folder. */
final class RetryReader {
  private static final String DELAY = "retry.delay";
  private static final String BACKOFF = "retry.backoff";
  private static final String MAX = "retry.max";

  /** How often exit code 75 is tried again where nobody says it. */
  private static final int TEMPFAIL = 10;

  private RetryReader() {}

  /** What is written, with the defaults for the rest. */
  static Retry read(Values values) {
    Optional<Backoff> backoff = backoff(values);
    Map<Kind, Change> worth = new EnumMap<>(Kind.class);
    worth.put(Kind.EXIT, change(values, "retry.exit"));
    putIfOn(worth, Kind.SIGNAL, values, "retry.signal");
    putIfOn(worth, Kind.TIMEOUT, values, "retry.timeout");
    putIfOn(worth, Kind.CHECK, values, "retry.check");
    Retry retry =
        new Retry(
            backoff,
            worth,
            codes(values, "retry.exit")
                .or(() -> codes(values, "retry.exit.codes"))
                .orElse(Retry.ANY_CODE),
            values.one("retry.launch", TextType.COUNT).orElse(Retry.DEFAULT.launch()),
            tempfail(values));
    return retry.equals(Retry.DEFAULT) ? Retry.DEFAULT : retry;
  }

  private static Optional<Backoff> backoff(Values values) {
    for (String key : List.of(BACKOFF, MAX)) {
      if (values.entry(DELAY).isEmpty()) {
        values.refuse(key, "has no delay to grow: write '" + DELAY + "' as well");
      }
    }
    Optional<Duration> delay = values.one(DELAY, TextType.DURATION);
    double factor = values.one(BACKOFF, TextType.FACTOR).orElse(1.0);
    Optional<Duration> max = values.one(MAX, TextType.DURATION);
    if (delay.isEmpty()) {
      return Optional.empty();
    }
    if (max.isPresent() && max.get().compareTo(delay.get()) < 0) {
      values.refuse(
          MAX,
          "is less than '"
              + DELAY
              + "', "
              + Durations.text(delay.get())
              + ": raise it, or take it out");
      return Optional.empty();
    }
    return Optional.of(new Backoff(delay.get(), factor, max.orElse(Durations.LONGEST)));
  }

  private static void putIfOn(Map<Kind, Change> worth, Kind kind, Values values, String key) {
    if (values.one(key, TextType.SWITCH).orElse(true)) {
      worth.put(kind, change(values, key));
    }
  }

  private static Change change(Values values, String key) {
    double factor = values.one(key + ".factor", TextType.FACTOR).orElse(1.0);
    OptionalInt ranks = count(values, key + ".ranks");
    return factor == 1 && ranks.isEmpty() ? Change.NONE : new Change(factor, ranks);
  }

  private static Optional<Set<Integer>> codes(Values values, String key) {
    List<Set<Integer>> said = values.several(key, TextType.RETRY_CODES);
    if (said.size() > 1 && said.stream().anyMatch(codes -> codes.size() != 1)) {
      values.refuse(key, "has 'any' or 'none' beside other codes: keep one or the other");
    }
    Set<Integer> all = new HashSet<>();
    said.forEach(all::addAll);
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(all.equals(Retry.ANY_CODE) ? Retry.ANY_CODE : all);
  }

  private static OptionalInt tempfail(Values values) {
    OptionalInt limit = count(values, "retry.tempfail.limit");
    boolean on = values.one("retry.tempfail", TextType.SWITCH).orElse(false);
    return on ? OptionalInt.of(TEMPFAIL) : limit;
  }

  private static OptionalInt count(Values values, String key) {
    return values.one(key, TextType.COUNT).map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
