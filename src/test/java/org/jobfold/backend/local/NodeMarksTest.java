package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMarksTest {
  @TempDir private Path directory = Path.of("/");

  @Test
  void eachNodeLeavesOne() throws Exception {
    NodeMarks marks = new NodeMarks(directory.resolve("slot-3"), 2);
    assertThat(marks.missing()).isEqualTo(2);
    assertThat(run(marks, 0, 0, "exit 0")).isZero();
    assertThat(marks.missing()).isEqualTo(1);
    assertThat(run(marks, 1, 1, "exit 0")).isZero();
    assertThat(marks.missing()).as("the second task of a node leaves none").isEqualTo(1);
    assertThat(run(marks, 1, 0, "echo $SLURM_NODEID; exit 7")).isEqualTo(7);
    assertThat(marks.missing()).isZero();
    marks.remove();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatWasKilledLeavesNone() throws Exception {
    NodeMarks marks = new NodeMarks(directory.resolve("slot-3"), 1);
    assertThat(run(marks, 0, 0, "kill -KILL $PPID")).isNotZero();
    assertThat(marks.missing()).isEqualTo(1);
  }

  private static int run(NodeMarks marks, int node, int task, String line)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(marks.around(List.of("/bin/sh", "-c", line)));
    builder.environment().put("SLURM_NODEID", Integer.toString(node));
    builder.environment().put("SLURM_LOCALID", Integer.toString(task));
    return builder.start().waitFor();
  }
}
