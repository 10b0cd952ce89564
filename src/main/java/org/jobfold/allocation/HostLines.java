package org.jobfold.allocation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Names of hosts, one for each process.
 *
 * @param names in their order, at least one
 */
record HostLines(List<String> names) {
  /** Copies the list. */
  HostLines {
    names = List.copyOf(names);
  }

  /** Those of a file; what follows a name on its line is not read. */
  static HostLines read(String variable, String file, NodeFile files) {
    List<String> names;
    try {
      names =
          files.lines(file).stream()
              .map(line -> Objects.requireNonNull(line.strip().split("\\s+", -1)[0]))
              .filter(name -> !name.isEmpty())
              .toList();
    } catch (IOException e) {
      throw new UnreadableAllocation(
          variable,
          "the file '"
              + file
              + "' can not be read ("
              + e.getMessage()
              + "): start jobfold on the first host of the job");
    }
    if (names.isEmpty()) {
      throw new UnreadableAllocation(variable, "the file '" + file + "' names no host");
    }
    return new HostLines(names);
  }

  int size() {
    return names.size();
  }

  /** How often each host comes, in the order in which they come first. */
  Map<String, Integer> perHost() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    names.forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts;
  }
}
