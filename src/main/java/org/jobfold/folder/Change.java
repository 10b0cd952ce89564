package org.jobfold.folder;

import java.util.OptionalInt;

/**
 * What is different in the trials that follow a failure.
 *
 * @param timeoutFactor the timeout is so many times as long, at least 1
 * @param ranks how many ranks the folder wants then, at least 1; where absent, as many as before
 */
public record Change(double timeoutFactor, OptionalInt ranks) {
  /** Nothing is different. */
  public static final Change NONE = new Change(1, OptionalInt.empty());

  /** Refuses less than 1. */
  public Change {
    if (!(timeoutFactor >= 1)) {
      throw new IllegalArgumentException(
          "the timeout is to be " + timeoutFactor + " times as long: it must be at least 1");
    }
    if (ranks.isPresent() && ranks.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "'ranks' is " + ranks.getAsInt() + ": a folder needs at least 1");
    }
  }

  /** This change, and then another. */
  public Change and(Change later) {
    if (later.equals(NONE)) {
      return this;
    }
    return new Change(
        timeoutFactor * later.timeoutFactor, later.ranks.isPresent() ? later.ranks : ranks);
  }

  /** The folder with this change. */
  public JobFolder of(JobFolder folder) {
    if (equals(NONE)) {
      return folder;
    }
    Settings settings = folder.settings();
    if (settings.timeout().isPresent()) {
      settings =
          settings.withTimeout(Durations.times(settings.timeout().orElseThrow(), timeoutFactor));
    }
    return folder.with(ranks.isPresent() ? settings.withRanks(ranks.getAsInt()) : settings);
  }
}
