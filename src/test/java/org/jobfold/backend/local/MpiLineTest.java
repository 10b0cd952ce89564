package org.jobfold.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jobfold.comm.Host;
import org.jobfold.comm.Placement;
import org.jobfold.spi.Orders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MpiLineTest {
  @Test
  void theUsualLine() {
    assertThat(
            MpiLine.DEFAULT.argv(
                Orders.ranks("n1", 4), 1, "/m/slot-0", List.of("pw.x", "-in", "a b")))
        .containsExactly("mpirun", "-n", "4", "-machinefile", "/m/slot-0", "pw.x", "-in", "a b");
  }

  @Test
  void placeholdersInsideWordsAndRepeated() {
    MpiLine line = MpiLine.parse("  mpiexec.hydra --f={machinefile}:{ranks} {ranks}\t{command} -z");
    assertThat(line.argv(Orders.ranks("n1", 2), 1, "/m", List.of("prog")))
        .containsExactly("mpiexec.hydra", "--f=/m:2", "2", "prog", "-z");
  }

  @Test
  void aLineForSeveralHosts() {
    Placement placement =
        new Placement(
            List.of(
                new Placement.Share(new Host("n1"), List.of(3)),
                new Placement.Share(new Host("n2"), List.of(4, 5, 6))));
    assertThat(
            MpiLine.parse("srun -N {nodes} -n {ranks} -w {hosts} -m {tasks_per_node} {command}")
                .argv(placement, 1, "/m", List.of("pw.x")))
        .containsExactly("srun", "-N", "2", "-n", "4", "-w", "n1,n2", "-m", "3", "pw.x");
  }

  @Test
  void placeholdersOfTheCommandAreItsOwn() {
    assertThat(
            MpiLine.parse("mpirun {command}")
                .argv(Orders.ranks("n1", 2), 1, "/m", List.of("echo", "{ranks}")))
        .containsExactly("mpirun", "echo", "{ranks}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpirun -n {ranks}", "mpirun x{command}", "{command}", " "})
  void refusesALineThatDoesNotStartTheCommand(String line) {
    assertThatThrownBy(() -> MpiLine.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{command}");
  }

  @Test
  void refusesAPlaceholderThatItDoesNotKnow() {
    assertThatThrownBy(() -> MpiLine.parse("mpirun -n {nranks} {command}"))
        .hasMessageContaining("'{nranks}'")
        .hasMessageContaining("{ranks}, {threads}, {machinefile}");
  }
}
