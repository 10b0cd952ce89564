package org.jobfold.walk;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether folders are started: not while that is held up, and not any more once the walk was told
 * to stop. Ends nothing.
 */
final class Halt {
  private Optional<Stop> stopping = Optional.empty();
  private final Set<Hold> holds = EnumSet.noneOf(Hold.class);

  /** Why it stopped before all was done, if it did. */
  Optional<Stop> stopping() {
    return stopping;
  }

  boolean isStopping() {
    return stopping.isPresent();
  }

  /** Whether what runs was told to end. */
  boolean isEnding() {
    return stopping.filter(how -> how != Stop.DRAIN).isPresent();
  }

  /** Whether folders are started. */
  boolean mayStart() {
    return stopping.isEmpty() && holds.isEmpty();
  }

  /** The walk stops. Whether that counts: a weaker stop after a stronger one changes nothing. */
  boolean stop(Stop how) {
    if (stopping.isPresent() && stopping.get().compareTo(how) > 0) {
      return false;
    }
    stopping = Optional.of(how);
    return true;
  }

  /** There are other ranks: the walk goes on. */
  void begin() {
    stopping = Optional.empty();
    holds.clear();
  }

  void hold(Hold why) {
    holds.add(why);
  }

  void goOn(Hold why) {
    holds.remove(why);
  }
}
