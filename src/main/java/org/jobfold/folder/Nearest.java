package org.jobfold.folder;

import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody most likely meant who wrote a name that is not there. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of these names, if one is near; of equally near ones the first in their order. */
  public static Optional<String> to(String wrong, Iterable<String> names) {
    int lengthOfLastPart = wrong.length() - wrong.lastIndexOf('.') - 1;
    LevenshteinDistance distance = new LevenshteinDistance(Math.max(1, lengthOfLastPart / 3));
    Near nearest = null;
    for (String name : names) {
      int steps = distance.apply(wrong, name);
      Near near = new Near(name, steps);
      if (steps >= 0 && (nearest == null || Near.ORDER.compare(near, nearest) < 0)) {
        nearest = near;
      }
    }
    return nearest == null ? Optional.empty() : Optional.of(nearest.name);
  }

  private record Near(String name, int steps) {
    static final Comparator<Near> ORDER =
        Comparator.comparingInt(Near::steps).thenComparing(Near::name);
  }
}
