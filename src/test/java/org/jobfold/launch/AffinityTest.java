package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      0           | 0
      0-3         | 0 1 2 3
      0-1,4,8-9   | 0 1 4 8 9
      """)
  void listsOfCores(String text, String numbers) {
    List<Integer> cores = List.of(numbers.split(" ")).stream().map(Integer::valueOf).toList();
    assertThat(Affinity.numbers(text)).isEqualTo(cores);
    assertThat(Affinity.text(cores)).isEqualTo(text);
  }

  @Test
  void whatAThreadStartsIsBoundAndTheThreadIsNot() throws Exception {
    List<Integer> before = Affinity.allowed();
    assertThat(before).isNotEmpty();
    for (int core : before) {
      try (Affinity.Bound bound = Affinity.bind(List.of(core))) {
        assertThat(coresOfAChild()).as("%s", bound).isEqualTo(Integer.toString(core));
      }
    }
    assertThat(Affinity.allowed()).isEqualTo(before);
    assertThat(coresOfAChild()).isEqualTo(Affinity.text(before));
  }

  private static String coresOfAChild() throws IOException {
    Process child =
        new ProcessBuilder(
                "/bin/sh", "-c", "sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status")
            .start();
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
