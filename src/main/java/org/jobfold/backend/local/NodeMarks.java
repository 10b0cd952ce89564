package org.jobfold.backend.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is left on each node by a program that srun has started there and that came to its end, for
 * srun ends with 0 when a node dies. The files are beside the machine file of the trial, and are
 * removed when it has ended.
 */
final class NodeMarks {
  /** Slurm numbers the nodes of a step, and the tasks on each. */
  private static final String LEAVE_A_MARK =
      "mark=$1; shift; \"$@\"; code=$?;"
          + " [ \"${SLURM_LOCALID:-0}\" != 0 ] || echo $code > \"$mark.${SLURM_NODEID:-0}\";"
          + " exit $code";

  private final Path prefix;
  private final int nodes;

  /** Marks of a program on so many nodes, beside its machine file. */
  NodeMarks(Path machineFile, int nodes) {
    this.prefix = machineFile.resolveSibling(machineFile.getFileName() + ".ended");
    this.nodes = nodes;
  }

  /** The words that run a command and leave a mark. */
  List<String> around(List<String> command) {
    List<String> words =
        new ArrayList<>(List.of("/bin/sh", "-c", LEAVE_A_MARK, "jobfold", prefix.toString()));
    words.addAll(command);
    return words;
  }

  /** How many nodes have left none. */
  int missing() {
    return (int) files().stream().filter(file -> !Files.exists(file)).count();
  }

  /** Removes them. */
  void remove() throws IOException {
    for (Path file : files()) {
      Files.deleteIfExists(file);
    }
  }

  private List<Path> files() {
    return IntStream.range(0, nodes)
        .mapToObj(node -> prefix.resolveSibling(prefix.getFileName() + "." + node))
        .toList();
  }
}
