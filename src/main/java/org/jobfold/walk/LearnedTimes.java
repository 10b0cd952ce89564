package org.jobfold.walk;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jobfold.folder.Functional;
import org.jobfold.folder.JobFolder;

/**
 * How long folders have taken in this run. A folder is expected to take as long as 95 of 100 of
 * those with the same functional did; where none of them has ended yet, of all folders. That is the
 * longest of the first 19.
 *
 * <p>Times are kept to 5 %, always rounded up, so that a million of them take no room.
 */
final class LearnedTimes {
  private static final double STEP = Math.log(1.05);
  private static final double MILLISECONDS = 1e6;
  private static final int MOST_KINDS = 256;
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final Times all = new Times();
  private final Map<Functional, Times> kinds = new HashMap<>();
  private Duration longest = Duration.ZERO;
  private int changes;

  /** Takes up how long a trial took that was not cut short. */
  void add(JobFolder folder, Duration took) {
    all.add(took);
    Times kind = kinds.get(folder.functional());
    if (kind == null && kinds.size() < MOST_KINDS) {
      kind = new Times();
      kinds.put(folder.functional(), kind);
    }
    if (kind != null) {
      kind.add(took);
    }
  }

  /** How long a folder will take; empty while nothing is known. */
  Optional<Duration> expected(JobFolder folder) {
    return kinds.getOrDefault(folder.functional(), all).mostly();
  }

  /** How long a folder will take at most, or else as far as is known; empty while nothing is. */
  Optional<Duration> expectedOrLimit(JobFolder folder) {
    return folder.settings().timeout().or(() -> expected(folder));
  }

  /** The longest that anything was ever expected to take. */
  Duration longest() {
    return longest;
  }

  /** Changes when something may be expected to take less time than before. */
  int changes() {
    return changes;
  }

  /** How many trials took how long. */
  private final class Times {
    private final TreeMap<Integer, Integer> counts = new TreeMap<>();
    private int count;
    private int mostly = UNKNOWN;

    void add(Duration took) {
      counts.merge(bucket(took), 1, Integer::sum);
      count++;
      int before = mostly;
      mostly = find();
      if (before == UNKNOWN || mostly < before) {
        changes++;
      }
      if (upper(mostly).compareTo(longest) > 0) {
        longest = upper(mostly);
      }
    }

    Optional<Duration> mostly() {
      return count == 0 ? Optional.empty() : Optional.of(upper(mostly));
    }

    /** The nearest-rank percentile, counted from above: that is the short way. */
    private int find() {
      int above = count - (int) Math.ceil(0.95 * count);
      for (Map.Entry<Integer, Integer> entry : counts.descendingMap().entrySet()) {
        above -= entry.getValue();
        if (above < 0) {
          return entry.getKey();
        }
      }
      throw new IllegalStateException("no time is known");
    }
  }

  private static int bucket(Duration took) {
    double milliseconds = Math.max(1, took.toNanos() / MILLISECONDS);
    return (int) Math.ceil(Math.log(milliseconds) / STEP - 1e-9);
  }

  private static Duration upper(int bucket) {
    return Duration.ofNanos((long) (Math.exp(bucket * STEP) * MILLISECONDS));
  }
}
