package org.jobfold.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How many tokens the queues of a run have. */
final class TokenArguments {
  static final String QUEUE = "--queue";

  @Option(
      names = QUEUE,
      paramLabel = "NAME=N",
      description =
          "How many tokens the queue NAME has, which folders hold while they run. May be given several times.")
  private List<QueueSize> queues = new ArrayList<>();

  /** How many tokens each queue has. */
  SortedMap<String, Integer> queues() {
    SortedMap<String, Integer> tokens = new TreeMap<>();
    queues.forEach(queue -> tokens.put(queue.name(), queue.tokens()));
    return tokens;
  }
}
