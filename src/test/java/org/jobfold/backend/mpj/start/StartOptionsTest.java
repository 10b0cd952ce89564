package org.jobfold.backend.mpj.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartOptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh {host} {command}",
        "srun --nodelist={host} {command}",
        "rsh u@{host} {command}"
      })
  void theHostMayBeAPartOfAWordOfTheLine(String line) {
    assertThat(new HereAndThere(options(line)).shell("far"))
        .contains("/bin/sh")
        .anyMatch(word -> word.contains("far"))
        .noneMatch(word -> word.contains("{"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh {command}", "ssh {host}"})
  void aLineThatDoesNotSayWhereOrWhatIsRefused(String line) {
    assertThatThrownBy(() -> options(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsBehindTheDashesIsForTheProgram() {
    assertThat(options("ssh {host} {command}").arguments()).containsExactly("run", "--host");
  }

  private static StartOptions options(String line) {
    List<String> arguments =
        new ArrayList<>(List.of("--way", "DIRECT", "--limit", "5", "--followers", "3"));
    arguments.addAll(List.of("--mpj", "/mpj", "--java", "java", "--class-path", "x.jar"));
    arguments.addAll(List.of("--main", "Main", "--directory", "/", "--here", "near"));
    arguments.addAll(List.of("--host", "near", "--host", "far"));
    for (String word : line.split(" ", -1)) {
      arguments.addAll(List.of("--line", word));
    }
    arguments.addAll(List.of("--", "run", "--host"));
    return StartOptions.of(arguments.toArray(String[]::new));
  }
}
