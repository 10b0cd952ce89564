package org.jobfold.walk;

import java.util.HashMap;
import java.util.Map;

/** The tokens of the queues that no trial holds. Never negative, never more than there are. */
final class Tokens {
  private final Map<String, Integer> free;

  Tokens(Map<String, Integer> capacities) {
    free = new HashMap<>(capacities);
  }

  Tokens(Tokens other) {
    free = new HashMap<>(other.free);
  }

  /** Whether a trial could have its tokens now. */
  boolean cover(Need need) {
    for (Map.Entry<String, Integer> wanted : need.tokens().entrySet()) {
      if (free.getOrDefault(wanted.getKey(), 0) < wanted.getValue()) {
        return false;
      }
    }
    return true;
  }

  void take(Need need) {
    need.tokens().forEach((queue, count) -> free.merge(queue, -count, Integer::sum));
  }

  void giveBack(Need need) {
    need.tokens().forEach((queue, count) -> free.merge(queue, count, Integer::sum));
  }
}
