package org.jobfold.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoilerplateTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[n1:32689] 1 more process has sent help message help-mpi-api.txt / mpi-abort",
        "[n1:32689] 3 more processes have sent help message help-mpi-api.txt / mpi-abort",
        "[n1:08481] [[12345,0],0] ORTE_ERROR_LOG: Data unpack would read past end of buffer in file show_help.c at line 501",
        "Primary job  terminated normally, but 1 process returned"
      })
  void whatLaunchersAlwaysSayIsPassedOver(String line) {
    assertThat(Boilerplate.is(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[n1:08481] [[12345,0],0] ORTE_ERROR_LOG: Out of resource in file util/show_help.c",
        "ERROR: Cannot open input script in.melt: No such file or directory",
        "mpirun noticed that process rank 0 with PID 7 on node n1 exited on signal 9 (Killed)."
      })
  void whatSaysTheReasonIsKept(String line) {
    assertThat(Boilerplate.is(line)).isFalse();
  }
}
