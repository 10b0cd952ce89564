package org.jobfold.folder;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which failures of a folder are worth another trial, when it begins and what is different in it.
 * How many trials there are for failures of the folder itself is {@link Settings#maxtrials}.
 *
 * @param backoff the delay before the next trial; where absent, what suits the cause
 * @param worth the failures of the folder itself that are worth another trial, and what is
 *     different then
 * @param exitCodes of the exit codes, only these
 * @param launch how many trials may end in a launch error, at least 1; the last one is final
 * @param tempfail how many trials may end with exit code {@value #TEMPFAIL}, at least 1, the last
 *     one being final; where absent, that code is like any other
 */
public record Retry(
    Optional<Backoff> backoff,
    Map<Kind, Change> worth,
    Set<Integer> exitCodes,
    int launch,
    OptionalInt tempfail) {
  /** {@code EX_TEMPFAIL} of {@code sysexits.h}: "try again later". */
  public static final int TEMPFAIL = 75;

  /** All exit codes. */
  public static final Set<Integer> ANY_CODE =
      IntStream.rangeClosed(0, 255).boxed().collect(Collectors.toUnmodifiableSet());

  /** What holds where nothing is said: all are worth another trial, with nothing different. */
  public static final Retry DEFAULT =
      new Retry(
          Optional.empty(),
          Map.of(
              Kind.EXIT, Change.NONE,
              Kind.SIGNAL, Change.NONE,
              Kind.TIMEOUT, Change.NONE,
              Kind.CHECK, Change.NONE),
          ANY_CODE,
          3,
          OptionalInt.empty());

  /** How a folder fails by itself. */
  public enum Kind {
    /** Its exit code is none that its success check accepts. */
    EXIT,
    /** A signal that jobfold did not send. */
    SIGNAL,
    /** It took longer than its timeout. */
    TIMEOUT,
    /** The rest of its success check. */
    CHECK
  }

  /** Copies the collections; refuses numbers out of range. */
  public Retry {
    worth = copy(worth);
    exitCodes = Set.copyOf(exitCodes);
    if (launch < 1 || tempfail.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "'launch' is " + launch + " and 'tempfail' is " + tempfail + ": both must be at least 1");
    }
  }

  /** The most ranks that it may make a folder ask for, if any. */
  public OptionalInt mostRanks() {
    OptionalInt most = OptionalInt.empty();
    for (Change change : worth.values()) {
      if (change.ranks().orElse(0) > most.orElse(0)) {
        most = change.ranks();
      }
    }
    return most;
  }

  private static Map<Kind, Change> copy(Map<Kind, Change> map) {
    return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(map));
  }
}
