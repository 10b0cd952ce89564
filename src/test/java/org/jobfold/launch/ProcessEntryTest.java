package org.jobfold.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the process table as Linux writes them. */
class ProcessEntryTest {
  @ParameterizedTest
  @ValueSource(strings = {"sh", "a b", ") S 1 1 1 (", "x) R", "new\nline", ""})
  void anyNameOfProgram(String name) {
    String line =
        "4711 ("
            + name
            + ") S 12 13 14 34816 4711 4194304 1 2 3 4 5 6 7 8 20 0 1 0 987654 8192 1 2\n";
    assertThat(ProcessEntry.parse(line.getBytes(StandardCharsets.UTF_8)))
        .contains(new ProcessEntry(4711, 12, 13, 14, 'S', 987654));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4711", "4711 (sh", "4711 (sh) S 1 2 3"})
  void whatIsNotOne(String line) {
    assertThat(ProcessEntry.parse(line.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void thisJvmIsInTheTable() {
    int self = (int) ProcessHandle.current().pid();
    ProcessTable table = ProcessTable.read();
    assertThat(table.all()).anyMatch(entry -> entry.pid() == self && !entry.isZombie());
    assertThat(ProcessTable.environment(self)).isNotEmpty();
  }
}
