package org.jobfold.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jobfold.allocation.Captured.file;
import static org.jobfold.allocation.Captured.nodes;
import static org.jobfold.allocation.Captured.variables;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationsTest {
  @ParameterizedTest
  @CsvSource({
    "HOME=/root, LOCAL",
    "SLURM_JOB_ID=1 SLURM_JOB_NODELIST=n1, SLURM",
    "SLURM_JOB_ID=1, LOCAL",
    "PBS_JOBID=1.head PBS_NODEFILE=/var/nodes, PBS",
    "LSB_JOBID=1 LSB_HOSTS=a, LSF",
    "SLURM_JOB_ID=1 SLURM_JOB_NODELIST=n1 JOBFOLD_FOLDER=/a, LOCAL",
  })
  void whoSpeaks(String text, BatchSystem system) {
    assertThat(Allocations.speaking(variables(text))).isEqualTo(system);
  }

  @Test
  void torqueHasALineForEachProcessor() {
    assertThat(
            pbs(
                "PBS_JOBID=12.head PBS_NODEFILE=/n PBS_NUM_NODES=2 PBS_NUM_PPN=2 PBS_NP=4",
                "c1",
                "c1",
                "c2",
                "c2"))
        .isEqualTo("c1:2/2 c2:2/2");
  }

  @Test
  void pbsHasALineForEachProcessOfAChunk() {
    // select=2:ncpus=8:mpiprocs=1
    assertThat(pbs("PBS_JOBID=12.head PBS_NODEFILE=/n NCPUS=8", "c1.org", "c2.org"))
        .isEqualTo("c1.org:1/8 c2.org:1/8");
    // select=1:ncpus=2:mpiprocs=2+1:ncpus=1
    assertThat(pbs("PBS_JOBID=12.head PBS_NODEFILE=/n NCPUS=2", "c1", "c1", "c2"))
        .isEqualTo("c1:2/2 c2:1/2");
  }

  @Test
  void aFileOfHostsThatSaysSomethingElseIsRefused() {
    assertThatThrownBy(() -> pbs("PBS_JOBID=1 PBS_NODEFILE=/n PBS_NP=4", "c1", "c1"))
        .hasMessageContaining("PBS_NP: it is 4, and the file of hosts has 2");
    assertThatThrownBy(
            () -> pbs("PBS_JOBID=1 PBS_NODEFILE=/n PBS_NUM_NODES=2 PBS_NUM_PPN=4", "c1", "c2"))
        .hasMessageContaining("PBS_NUM_PPN: 4 on each of 2 are not the 2");
    assertThatThrownBy(() -> pbs("PBS_JOBID=1 PBS_NODEFILE=/n", ""))
        .hasMessageContaining("the file '/n' names no host");
    assertThatThrownBy(
            () ->
                Allocations.read(
                    BatchSystem.PBS,
                    variables("PBS_JOBID=1 PBS_NODEFILE=/not/there"),
                    Captured.NO_FILE))
        .hasMessageContaining("PBS_NODEFILE: the file '/not/there' can not be read");
  }

  @Test
  void lsfSaysItInThreeWays() {
    assertThat(lsf("LSB_JOBID=5\nLSB_MCPU_HOSTS=a 2 b 3")).isEqualTo("a:2/2 b:3/3");
    assertThat(lsf("LSB_JOBID=5\nLSB_HOSTS=a a b b b")).isEqualTo("a:2/2 b:3/3");
    assertThat(lsf("LSB_JOBID=5\nLSB_DJOB_HOSTFILE=/f", "a", "a", "b")).isEqualTo("a:2/2 b:1/1");
    assertThat(
            lsf(
                "LSB_JOBID=5\nLSB_MCPU_HOSTS=a 2 b 1 \nLSB_HOSTS=a a b\nLSB_DJOB_HOSTFILE=/f\n"
                    + "LSB_DJOB_NUMPROC=3",
                "a",
                "a",
                "b"))
        .isEqualTo("a:2/2 b:1/1");
  }

  @Test
  void waysThatDifferAreRefused() {
    assertThatThrownBy(() -> lsf("LSB_JOBID=5\nLSB_MCPU_HOSTS=a 2 b 3\nLSB_HOSTS=a a b"))
        .hasMessageContaining("LSB_HOSTS: it does not say the same as 'LSB_MCPU_HOSTS'");
    assertThatThrownBy(() -> lsf("LSB_JOBID=5\nLSB_MCPU_HOSTS=a 2 b"))
        .hasMessageContaining("is not hosts and their slots in turn");
    assertThatThrownBy(() -> lsf("LSB_JOBID=5\nLSB_MCPU_HOSTS=a 2\nLSB_DJOB_NUMPROC=8"))
        .hasMessageContaining("LSB_DJOB_NUMPROC: it is 8, and the hosts have 2");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(
            () -> Allocations.read(BatchSystem.SLURM, variables("A=1"), Captured.NO_FILE))
        .hasMessageContaining("SLURM_JOB_ID: it is not set: this is no job of Slurm");
    assertThatThrownBy(() -> Allocations.read(BatchSystem.PBS, variables("A=1"), Captured.NO_FILE))
        .hasMessageContaining("this is no job of PBS");
    assertThatThrownBy(() -> Allocations.read(BatchSystem.LSF, variables("A=1"), Captured.NO_FILE))
        .hasMessageContaining("this is no job of LSF");
    assertThat(Allocations.read(BatchSystem.LOCAL, variables("A=1"), Captured.NO_FILE)).isEmpty();
  }

  private static String pbs(String text, String... lines) {
    return nodes(Allocations.read(BatchSystem.PBS, variables(text), file(lines)).orElseThrow());
  }

  private static String lsf(String text, String... lines) {
    return nodes(Allocations.read(BatchSystem.LSF, variables(text), file(lines)).orElseThrow());
  }
}
