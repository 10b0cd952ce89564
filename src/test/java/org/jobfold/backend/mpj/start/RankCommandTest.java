package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jobfold.folder.ShellWords.quoted;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankCommandTest {
  @Test
  void whatAUserSaysOfTheJavaComesLastAndHolds() {
    assertThat(command("-XX:+UseParallelGC", "-Xmx3g", "-XX:TieredStopAtLevel=1"))
        .doesNotContain("-XX:+UseSerialGC")
        .noneMatch(word -> word.contains("MaxRAM"))
        .containsSubsequence(
            "-XX:Tier4CompileThreshold=300000",
            quoted("-XX:TieredStopAtLevel=1"),
            "-cp",
            quoted("Main"),
            "1");
  }

  @Test
  void whatACallComputesIsOptimized() {
    assertThat(command()).noneMatch(word -> word.contains("TieredStopAtLevel"));
  }

  @Test
  void theRanksOfAHostShareItsMemory() {
    assertThat(command()).contains("-XX:+UseSerialGC", "-XX:MaxRAMPercentage=6");
  }

  /** Of rank 1, one of four on its host. */
  private static List<String> command(String... javaOptions) {
    List<String> arguments =
        new ArrayList<>(List.of("--way", "DIRECT", "--limit", "5", "--followers", "3"));
    arguments.addAll(List.of("--mpj", "/mpj", "--java", "java", "--class-path", "x.jar"));
    arguments.addAll(List.of("--main", "Main", "--directory", "/", "--here", "near"));
    arguments.addAll(List.of("--host", "near", "--line", "ssh", "--line", "{host}"));
    arguments.addAll(List.of("--line", "{command}"));
    for (String option : javaOptions) {
      arguments.addAll(List.of("--java-option", option));
    }
    arguments.addAll(List.of("--", "run"));
    StartOptions options = StartOptions.of(arguments.toArray(String[]::new));
    return RankCommand.of(options, 1, 4, "1", "meeting");
  }
}
