package org.jobfold.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jobfold.folder.JobFolder;
import org.jobfold.folder.Origin;

/**
 * Tokens that a folder could never hold.
 *
 * @param queue of which
 * @param wanted how many it wants
 * @param there how many the queue has; 0 where there is no such queue
 */
record TokenLack(String queue, int wanted, int there) {
  /**
   * All that a folder lacks.
   *
   * @param queues how many tokens each queue has
   */
  static List<TokenLack> of(JobFolder folder, Map<String, Integer> queues) {
    List<TokenLack> lacks = new ArrayList<>();
    folder
        .settings()
        .tokens()
        .forEach(
            (queue, wanted) -> {
              int there = queues.getOrDefault(queue, 0);
              if (wanted > there) {
                lacks.add(new TokenLack(queue, wanted, there));
              }
            });
    return lacks;
  }

  /**
   * What is wrong, and what to do.
   *
   * @param who wants them: {@code it}, {@code folder '/a'}
   */
  String text(String who, Map<String, Integer> queues) {
    if (there > 0) {
      return who
          + " holds "
          + wanted
          + " tokens of queue '"
          + queue
          + "', which has "
          + there
          + ": lower 'tokens', or give the queue more with '--queue'";
    }
    return who
        + " is in queue '"
        + queue
        + "', and there is no queue '"
        + queue
        + "'"
        + (queues.isEmpty()
            ? ""
            : ", but '" + String.join("', '", new TreeSet<>(queues.keySet())) + "'")
        + ": say how many tokens it has with '--queue "
        + queue
        + "=N', or under 'queues' in 'jobfold.yaml'";
  }

  /** Where a folder that lacks them says that it wants them. */
  Origin origin(JobFolder folder) {
    String own = "tokens." + queue;
    return there > 0
        ? folder.origins().of(own, "tokens", "queue")
        : folder.origins().of(own, "queue");
  }

  /** Whether two folders lack the same: of a queue that is not there, it matters not how many. */
  TokenLack cause() {
    return there > 0 ? this : new TokenLack(queue, 1, 0);
  }
}
