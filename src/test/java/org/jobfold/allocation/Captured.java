package org.jobfold.allocation;

import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Environments as batch systems make them, in the words of {@code env}. */
final class Captured {
  static final NodeFile NO_FILE =
      path -> {
        throw new NoSuchFileException(path);
      };

  private Captured() {}

  /** Variables from lines, or from words, {@code NAME=VALUE}. */
  static Map<String, String> variables(String text) {
    Map<String, String> variables = new TreeMap<>();
    for (String line : text.strip().split(text.contains("\n") ? "\n" : " ", -1)) {
      String[] pair = line.strip().split("=", 2);
      variables.put(pair[0], pair[1]);
    }
    return variables;
  }

  /** {@code n1:4/4 n2:2/2}: each host with its ranks and cores. */
  static String nodes(Allocation allocation) {
    return allocation.nodes().stream()
        .map(node -> node.host() + ":" + node.ranks() + "/" + node.cores())
        .collect(Collectors.joining(" "));
  }

  static Allocation slurm(String text) {
    return Allocations.read(BatchSystem.SLURM, variables(text), NO_FILE).orElseThrow();
  }

  static NodeFile file(String... lines) {
    return path -> List.of(lines);
  }
}
