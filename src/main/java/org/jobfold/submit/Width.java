package org.jobfold.submit;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Settings;

/**
 * What a batch job must have so that each of some folders can run in it.
 *
 * @param ranks by the threads of each rank, the most ranks that a folder asks for
 * @param gpus the most GPUs that a folder asks for on a host
 */
public record Width(SortedMap<Integer, Integer> ranks, int gpus) {
  /** No folder. */
  public static final Width NONE = new Width(new TreeMap<>(), 0);

  /** Copies the map. */
  public Width {
    ranks = Collections.unmodifiableSortedMap(new TreeMap<>(ranks));
  }

  /** Of one folder, whatever it asks for after a failure. */
  public static Width of(JobFolder folder) {
    Settings settings = folder.settings();
    int most = Math.max(settings.ranks().orElse(1), settings.retry().mostRanks().orElse(1));
    return new Width(new TreeMap<>(Map.of(settings.threads().orElse(1), most)), settings.gpus());
  }

  /** Of all folders of both. */
  public Width and(Width other) {
    SortedMap<Integer, Integer> all = new TreeMap<>(ranks);
    other.ranks.forEach((threads, most) -> all.merge(threads, most, Math::max));
    return new Width(all, Math.max(gpus, other.gpus));
  }

  /**
   * How many cores a task is to have so that the fewest are asked for in all: a rank with more
   * threads takes several tasks. Of several such numbers, the largest.
   */
  public int coresPerTask() {
    return Stream.concat(Stream.of(1), ranks.keySet().stream())
        .distinct()
        .reduce((one, other) -> cores(other) <= cores(one) ? other : one)
        .orElse(1);
  }

  /** The most threads that a rank has. */
  public int threads() {
    return ranks.isEmpty() ? 1 : ranks.lastKey();
  }

  /**
   * How many tasks there must be.
   *
   * @param coresPerTask how many cores each has
   */
  public int tasks(int coresPerTask) {
    return ranks.entrySet().stream()
        .flatMapToInt(
            each -> IntStream.of(each.getValue() * ((each.getKey() - 1) / coresPerTask + 1)))
        .max()
        .orElse(1);
  }

  private long cores(int perTask) {
    return (long) perTask * tasks(perTask);
  }
}
