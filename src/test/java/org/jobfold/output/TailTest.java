package org.jobfold.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
  private Path folder = Path.of("/");

  @BeforeEach
  void folder(@TempDir Path directory) {
    folder = directory;
  }

  @Test
  void lastFiveLinesOfStandardError() throws IOException {
    write("out", "something");
    write("err", "1\n2\n3\n\n  4\n5\n6  \n\n");
    assertThat(tail()).isEqualTo(new Tail("err", List.of("2", "3", "  4", "5", "6")));
  }

  @Test
  void standardOutputWhereThereAreNoErrors() throws IOException {
    write("out", " %%%\n     Error in routine readpp (1):\n %%%\n\n     stopping ...\n");
    write("err", " \n\n");
    assertThat(tail())
        .isEqualTo(
            new Tail(
                "out",
                List.of(" %%%", "     Error in routine readpp (1):", " %%%", "     stopping ...")));
  }

  @Test
  void nothingThere() throws IOException {
    assertThat(tail()).isEqualTo(Tail.NONE);
    write("out", "");
    assertThat(tail()).isEqualTo(Tail.NONE);
  }

  @Test
  void noControlCharactersNorColours() throws IOException {
    write("err", "10%\r50%\rcol\tumn \u001b[1;31mred\u001b[0m b\u0007ell\u009b\u0000");
    assertThat(tail().lines()).containsExactly("10%", "50%", "col\tumn red bell");
  }

  @Test
  void bytesThatAreNoTextAreReplaced() throws IOException {
    Files.write(folder.resolve("err"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(tail().lines()).containsExactly("a\ufffdb");
  }

  @Test
  void onlyTheEndOfALongFileIsRead() throws IOException {
    write("err", "x".repeat(10_000) + "\nlast\n");
    assertThat(tail().lines()).containsExactly("last");
    write("err", "x".repeat(10_000));
    assertThat(tail().lines()).containsExactly("x".repeat(4096));
    write("err", ("é".repeat(50) + "\n").repeat(1000));
    assertThat(tail().lines()).hasSize(5).containsOnly("é".repeat(50));
  }

  @Test
  void whatAnMpiLauncherSaysAfterEveryFailureDoesNotHideTheReason() throws IOException {
    write(
        "err",
        """
        ERROR: Lost atoms: original 4000 current 3998 (src/thermo.cpp:438)
        Last command: run 1000
        --------------------------------------------------------------------------
        MPI_ABORT was invoked on rank 2 in communicator MPI_COMM_WORLD
        with errorcode 1.

        NOTE: invoking MPI_ABORT causes Open MPI to kill all MPI processes.
        You may or may not see output from other processes, depending on
        exactly when Open MPI kills them.
        --------------------------------------------------------------------------
        """);
    assertThat(tail().lines())
        .containsExactly(
            "ERROR: Lost atoms: original 4000 current 3998 (src/thermo.cpp:438)",
            "Last command: run 1000");
    write(
        "err",
        """
        forrtl: severe (24): end-of-file during read
        --------------------------------------------------------------------------
        Primary job  terminated normally, but 1 process returned
        a non-zero exit code. Per user-direction, the job has been aborted.
        --------------------------------------------------------------------------
        --------------------------------------------------------------------------
        mpirun detected that one or more processes exited with non-zero status, thus causing
        the job to be terminated. The first process to do so was:

          Process name: [[57236,1],0]
          Exit code:    24
        --------------------------------------------------------------------------
        """);
    assertThat(tail().lines()).containsExactly("forrtl: severe (24): end-of-file during read");
    write(
        "err",
        """
        no input
        ===================================================================================
        =   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES
        =   PID 4711 RUNNING AT node7
        =   EXIT CODE: 9
        =   CLEANING UP REMAINING PROCESSES
        =   YOU CAN IGNORE THE BELOW CLEANUP MESSAGES
        ===================================================================================
        srun: error: node7: tasks 0-3: Exited with exit code 9
        srun: error: node7: task 1: Out Of Memory
        srun: Job step aborted: Waiting up to 32 seconds for job step to finish.
        slurmstepd: error: *** STEP 17.0 ON node7 CANCELLED AT 2026-01-01T00:00:00 ***
        """);
    assertThat(tail().lines())
        .containsExactly("no input", "srun: error: node7: task 1: Out Of Memory");
  }

  @Test
  void standardOutputWhereTheLauncherAloneHasSaidSomething() throws IOException {
    write("err", "srun: error: node7: task 0: Exited with exit code 1\n");
    assertThat(tail())
        .isEqualTo(new Tail("err", List.of("srun: error: node7: task 0: Exited with exit code 1")));
    write("out", "SCF did not converge\n");
    assertThat(tail()).isEqualTo(new Tail("out", List.of("SCF did not converge")));
  }

  private Tail tail() {
    return Tail.of(folder, List.of("err", "out"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }
}
