package org.jobfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jobfold.Jobfold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the how-to: it compiles, does what is said, and is what is written there. */
class HowToTest {
  private static SortedMap<String, JobResult<String>> asWritten(Path root)
      throws InterruptedException {
    // begin
    Dag<String, Path> dag = new Dag<>();
    dag.add("mesh", root.resolve("mesh"));
    dag.add("solve", root.resolve("solve"), List.of("mesh"));
    dag.add("plot", root.resolve("plot"), List.of("solve"));

    Scheduler<String, Path> scheduler =
        Scheduler.of(
                dag,
                (vertex, before) ->
                    vertex.id().equals("solve")
                        ? ProcessJob.of("", "sh", "-c", "echo solved >solve")
                            .with(JobOptions.DEFAULT.withTimeout(Duration.ofHours(1)))
                        : Job.call(run -> Files.writeString(vertex.data(), vertex.id())))
            .tokens(2)
            .processes(Jobfold.local(root))
            .build();
    SortedMap<String, JobResult<String>> results = scheduler.run();
    // end
    return results;
  }

  @Test
  void itDoesWhatIsSaid(@TempDir Path root) throws InterruptedException {
    assertThat(asWritten(root).values())
        .hasSize(3)
        .allMatch(result -> result.status() == JobStatus.SUCCEEDED);
    assertThat(root.resolve("plot")).hasContent("plot");
    assertThat(root.resolve("solve")).hasContent("solved");
  }

  @Test
  void itIsWhatIsWritten() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/test/java/org/jobfold/schedule/HowToTest.java"));
    String code =
        lines.subList(lines.indexOf("    // begin") + 1, lines.indexOf("    // end")).stream()
            .map(line -> line.isEmpty() ? "" : line.substring(4))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("docs/how-to.md"))).contains("```java\n" + code + "\n```");
  }
}
