package org.jobfold.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jobfold.folder.FolderName;
import org.jobfold.trial.Cause;
import org.jobfold.trial.Failure;
import org.jobfold.trial.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureGroupTest {
  private final SortedMap<FolderName, Failure> failures = new TreeMap<>();

  @Test
  void namesNumbersAndProgressMakeNoDifference() {
    failed("/a5.43", new Cause.ExitCode(1), "step 17", "ERROR on node012: a5.43 lost 3 atoms");
    failed("/b7.10", new Cause.ExitCode(1), "step 999", "ERROR on node7: b7.10 lost 14 atoms");
    failed("/c", new Cause.ExitCode(1), "half way", "ERROR on node7: /c lost 1e-3 atoms", "bye");
    assertThat(names()).containsExactly(List.of("/a5.43", "/b7.10", "/c"));
  }

  @Test
  void theCauseMakesADifference() {
    failed("/a", new Cause.ExitCode(1), "no input");
    failed("/b", new Cause.ExitCode(2), "no input");
    failed("/c", new Cause.Signal(9));
    failed("/d", new Cause.Signal(9));
    failed("/e", new Cause.LaunchError("the directory '/tree/e/out' is not there"));
    failed("/f", new Cause.LaunchError("the directory '/tree/f/out' is not there"));
    assertThat(names())
        .containsExactly(List.of("/c", "/d"), List.of("/e", "/f"), List.of("/a"), List.of("/b"));
  }

  @Test
  void whereNoLineSpeaksOfAnErrorTheLastOneCounts() {
    failed("/a", new Cause.ExitCode(1), "loading x", "stop 3");
    failed("/b", new Cause.ExitCode(1), "loading y", "stop 4");
    failed("/c", new Cause.ExitCode(1), "loading x", "halt");
    assertThat(names()).containsExactly(List.of("/a", "/b"), List.of("/c"));
  }

  @Test
  void ofManyFailuresSomeOfEachCauseAreRead(@TempDir Path root) throws IOException {
    for (int i = 0; i < 30; i++) {
      failed(String.format("/a%02d", i), new Cause.ExitCode(1));
      Files.writeString(
          Files.createDirectory(root.resolve(String.format("a%02d", i))).resolve("err"), "cold\n");
    }
    failed("/z", new Cause.ExitCode(2));
    Files.writeString(Files.createDirectory(root.resolve("z")).resolve("err"), "warm\n");
    OutputEnds ends = OutputEnds.read(root, failures, 5);
    assertThat(ends.unread()).hasSize(26).doesNotContain(new FolderName("/z"));
    assertThat(ends.failures()).hasSize(31);
    assertThat(ends.failures().tailMap(new FolderName("/z")).values())
        .singleElement()
        .satisfies(failure -> assertThat(failure.tail()).containsExactly("warm"));
    assertThat(FailureGroup.of(ends.failures()).stream().map(g -> g.failures().size()))
        .as("not read, read, and the other cause")
        .containsExactly(26, 4, 1);
  }

  private void failed(String folder, Cause cause, String... tail) {
    failures.put(
        new FolderName(folder),
        new Failure(cause, 1, Usage.none(Instant.EPOCH), "out", "err", "err", List.of(tail)));
  }

  private List<List<String>> names() {
    return FailureGroup.of(failures).stream()
        .map(group -> group.failures().keySet().stream().map(FolderName::path).toList())
        .toList();
  }
}
